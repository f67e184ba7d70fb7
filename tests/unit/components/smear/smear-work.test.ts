import {describe, expect, test, vi} from "vitest";
import type {Network} from "../../../../src/components/classifier/entries.js";
import type {NetworkName} from "../../../../src/components/classifier/networks.js";
import type {FoundAnswer} from "../../../../src/components/classifier/protocol.js";
import type {FoundCell} from "../../../../src/components/finder/find-cells.js";
import type {SeenPicture} from "../../../../src/components/gate/gate.js";
import {Refusal} from "../../../../src/components/image/refusal.js";
import type {KeptLaboratory} from "../../../../src/components/laboratory/kept-laboratory.js";
import {shiftLogit} from "../../../../src/components/metrics/calibration.js";
import type {ReadingOptions} from "../../../../src/components/smear/field-reader.js";
import {ownLaboratory} from "../../../../src/components/smear/own-laboratory.js";
import type {CutRequest, FieldReading} from "../../../../src/components/smear/read-field.js";
import {addCell, countField, emptyReview, undo} from "../../../../src/components/smear/review.js";
import {createSmearWork} from "../../../../src/components/smear/smear-work.js";
import {disc} from "./drawn.js";
import {fieldWith, judgedAt, networks} from "./support.js";

/** A field of so many red cells and a white one; the n-th cell's pixels are all n. */
function readingOf(sha256: string, cells: number): FieldReading {
  const found = Array.from({length: cells}, (_, n) => disc(20 + n, 20, 20));
  const picture = (n: number): SeenPicture => ({
    cell: new Uint8ClampedArray(7500).fill(n),
    cut: true,
    missing: null,
    descriptors: null,
    width: 20,
    height: 20
  });
  return {
    sha256: sha256.repeat(64),
    width: 200,
    height: 100,
    diameter: 20,
    typical: [0.3, 0.5, 0.45],
    doubts: ["A doubt."],
    cells: [...found, {...disc(90, 90, 30), kind: "white"}],
    pictures: [...found.map((_, n) => picture(n)), null]
  };
}

/** The work with a reader whose files say what is read of them, and networks that answer by the first pixel. */
function setUp(
  files: Record<string, FieldReading | Error>,
  asked: NetworkName[] = ["student", "resnet34"],
  laboratory: KeptLaboratory | null = null,
  healthyScore?: number
) {
  let review = emptyReview;
  const said: string[] = [];
  const batches: [NetworkName, number][] = [];
  const judgeFound = vi.fn(async (name: NetworkName, pictures: SeenPicture[]): Promise<FoundAnswer[]> => {
    batches.push([name, pictures.length]);
    return pictures.map(({cell}) => ({probability: cell[0]! / 100, offset: 0, doubts: cell[0]! > 1 ? ["stain"] : []}));
  });
  const find = vi.fn(async (file: Blob, {onStage, signal}: ReadingOptions = {}) => {
    onStage!("finding", 0.5);
    await Promise.resolve();
    signal!.throwIfAborted();
    const reading = files[(file as File).name]!;
    if (reading instanceof Error) throw reading;
    return reading;
  });
  const network = (name?: NetworkName) =>
    ({metadata: {...networks[name!], name, healthyScore}, sha256: networks[name!]!.sha256}) as unknown as Network;
  const cut = vi.fn(async (file: Blob, {cells}: CutRequest) => {
    const reading = files[(file as File).name] as FieldReading;
    const place = ({x}: FoundCell) => reading.cells.findIndex((cell) => cell.x === x);
    return cells.map((cell) => reading.pictures[place(cell)]!);
  });
  const work = createSmearWork({
    reader: {find, cut},
    own: ownLaboratory(laboratory),
    isSample: (sha256) => sha256.startsWith("f"),
    classifier: {judgeFound, network},
    asked: () => asked,
    review: () => review,
    change: (next) => (review = next),
    onPending: () => {},
    onPicture: () => {},
    announce: (sentence) => said.push(sentence)
  });
  const names = Object.keys(files).map((name) => new File([name], name));
  return {
    work,
    find,
    cut,
    judgeFound,
    batches,
    said,
    asked,
    names,
    review: () => review,
    set: (next: typeof review) => (review = next)
  };
}

const idle = (work: {pending: readonly {share: number | null}[]}) =>
  vi.waitFor(() => expect(work.pending.every(({share}) => Number.isNaN(share))).toBe(true));

describe("chosen files", () => {
  test("become fields whose red cells the student judges, then ResNet-34, a few at a time", async () => {
    const {work, batches, names, review} = setUp({"one.jpg": readingOf("a", 80)});
    work.add(names);
    expect(work.pending).toMatchObject([{name: "one.jpg"}]);
    await idle(work);
    expect(work.pending).toEqual([]);
    expect(batches.map(([name]) => name)).toEqual([
      ...Array<string>(5).fill("student"),
      ...Array<string>(5).fill("resnet34")
    ]);
    expect(Math.max(...batches.map(([, count]) => count))).toBe(16);
    const [field] = review().fields;
    // By ResNet-34's threshold of .6: from the 60th on.
    expect(countField(field!)).toMatchObject({network: {cells: 80, infected: 20}, waiting: 0, kinds: {white: 1}});
    expect(field!.cells[7]!.probabilities).toEqual({student: 0.07, resnet34: 0.07});
    expect(field!.networks).toEqual({
      student: {...networks.student, offset: 0},
      resnet34: {...networks.resnet34, offset: 0}
    });
    expect(field!.cells.flatMap(({pixels}) => (pixels ? [pixels[0]] : []))).toEqual(
      Array.from({length: 25}, (_, n) => 55 + n)
    );
    expect(field!.doubts).toEqual(["A doubt.", expect.stringMatching(/^78 of 80 cells: The stain/)]);
    expect(work.fileOf("a".repeat(64))).toBe(names[0]);
  });

  test("that are one picture are named, and counted once", async () => {
    const {work, names, review, batches} = setUp({"one.jpg": readingOf("a", 3), "copy.jpg": readingOf("a", 3)});
    work.add(names);
    await idle(work);
    expect(review().fields.map(({name}) => name)).toEqual(["one.jpg"]);
    expect(work.pending).toMatchObject([
      {name: "copy.jpg", says: "is the same picture as one.jpg, and is not counted twice."}
    ]);
    expect(batches.length).toBe(2);
    work.dismiss(work.pending[0]!);
    expect(work.pending).toEqual([]);
  });

  test("that cannot be read get their sentence, and the others go on", async () => {
    const {work, names, review, said} = setUp({
      "broken.jpg": new Refusal("damaged", "This JPEG file is damaged."),
      "one.jpg": readingOf("a", 3)
    });
    work.add(names);
    await idle(work);
    expect(work.pending).toMatchObject([{name: "broken.jpg", says: "This JPEG file is damaged."}]);
    expect(said).toEqual(["broken.jpg: This JPEG file is damaged."]);
    expect(review().fields.length).toBe(1);
  });

  test("are judged by the second network where the first cannot be asked, and by the first once it can", async () => {
    const {work, names, judgeFound, review, find, cut} = setUp({"one.jpg": readingOf("a", 3)});
    judgeFound.mockRejectedValueOnce(new Refusal("unavailable", "The network could not be loaded. Press Retry."));
    work.add(names);
    await idle(work);
    expect(work.pending).toMatchObject([{name: "one.jpg", says: "The network could not be loaded. Press Retry."}]);
    expect(review().fields[0]!.cells[1]!.probabilities).toEqual({resnet34: 0.01});
    work.dismiss(work.pending[0]!);
    void work.askFurther();
    await vi.waitFor(() => expect(review().fields[0]!.cells[1]!.probabilities.student).toBe(0.01));
    expect([find.mock.calls.length, cut.mock.calls.length]).toEqual([1, 1]);
  });

  test("are not read anew when a network is ready while they are judged", async () => {
    const {work, names, judgeFound, find} = setUp({"one.jpg": readingOf("a", 3)});
    let resolve!: () => void;
    const promise = new Promise<void>((done) => (resolve = done));
    const answer = judgeFound.getMockImplementation()!;
    judgeFound.mockImplementation(async (...given) => {
      await promise;
      return answer(...given);
    });
    work.add(names);
    await vi.waitFor(() => expect(judgeFound).toHaveBeenCalled());
    void work.askFurther();
    resolve();
    await idle(work);
    expect(find).toHaveBeenCalledTimes(1);
  });

  test("are cancelled without a trace, though a question may never be answered", async () => {
    const {work, names, review, judgeFound} = setUp({"one.jpg": readingOf("a", 3), "two.jpg": readingOf("b", 3)});
    judgeFound.mockReturnValue(new Promise(() => {}));
    work.add(names);
    await vi.waitFor(() => expect(judgeFound).toHaveBeenCalled());
    work.cancel();
    expect(work.pending).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(work.pending).toEqual([]);
    expect(work.fileOf("a".repeat(64))).toBe(names[0]);
    work.clear();
    expect(work.fileOf("a".repeat(64))).toBeUndefined();
    // What was found stays, and says that it is not judged.
    expect(review().fields.map((field) => countField(field).waiting)).toEqual([3, 3]);
  });
});

describe("fields of an earlier visit", () => {
  test("are left as they are where all is judged, and judged where not", async () => {
    const {work, cut, find, review, set, batches} = setUp({"two.jpg": readingOf("b", 3)});
    const done = fieldWith([judgedAt(20, 20, 0.9)]);
    const {sha256, cells: found} = readingOf("b", 3);
    const cells = found.map((cell) => ({...cell, probabilities: {student: 0.2}, mark: null}));
    const open = fieldWith(cells, {sha256, name: "two.jpg", networks: {}});
    set({...emptyReview, fields: [done, open]});
    work.restore(done, new File(["one"], "one.jpg"));
    work.restore(open, new File(["two"], "two.jpg"));
    await idle(work);
    // The outlines are those that were found then, whatever a newer finder would find.
    expect([find.mock.calls.length, cut.mock.calls.length]).toEqual([0, 1]);
    expect(batches).toEqual([["resnet34", 3]]);
    expect(countField(review().fields[1]!).waiting).toBe(0);
  });

  test("without a file wait for it: the picture that is chosen is laid under the review", async () => {
    const {work, review, set, names, batches, cut} = setUp({"one.jpg": readingOf("a", 1)});
    set({...emptyReview, fields: [fieldWith([judgedAt(20, 20, 0.9, {mark: "uninfected"}), judgedAt(60, 20, 0.1)])]});
    work.restore(review().fields[0]!, new Blob());
    expect(work.pending).toEqual([]);
    work.add(names);
    await idle(work);
    expect(work.pending).toEqual([]);
    expect(work.fileOf("a".repeat(64))).toBe(names[0]);
    expect(review().fields.map(({cells}) => cells[0]!.mark)).toEqual(["uninfected"]);
    expect(batches).toEqual([]);
    // Its suspect is seen again.
    expect(cut.mock.calls.map(([, {cells}]) => cells.length)).toEqual([1]);
    expect(review().fields[0]!.cells.map(({pixels}) => pixels?.length)).toEqual([7500, undefined]);
  });

  test("are judged further once another network is asked", async () => {
    const {work, names, asked, batches, review} = setUp({"one.jpg": readingOf("a", 3)}, ["student"]);
    work.add(names);
    await idle(work);
    expect(batches).toEqual([["student", 3]]);
    asked.push("resnet34");
    void work.askFurther();
    await vi.waitFor(() => expect(review().fields[0]!.cells[0]!.probabilities.resnet34).toBe(0));
    await idle(work);
    expect(batches).toEqual([
      ["student", 3],
      ["resnet34", 3]
    ]);
  });
});

describe("a cell that a person adds", () => {
  test("is cut out and judged, also where it is added while the others are", async () => {
    const {work, names, review, set, judgeFound, cut} = setUp({"one.jpg": readingOf("a", 90)});
    const answer = judgeFound.getMockImplementation()!;
    const circle = {x: 25, y: 60, width: 20, height: 20, outline: disc(25, 60, 20).outline};
    judgeFound.mockImplementationOnce(async (...given) => {
      set(addCell(review(), "a".repeat(64), 25, 60));
      void work.askFurther();
      return answer(...given);
    });
    work.add(names);
    await idle(work);
    await vi.waitFor(() => expect(work.pending).toEqual([]));
    expect(cut.mock.calls.map(([, request]) => request)).toMatchObject([{typical: [0.3, 0.5, 0.45], cells: [circle]}]);
    expect(review().fields[0]!.cells.at(-1)).toMatchObject({
      ...circle,
      isAdded: true,
      mark: "uninfected",
      probabilities: {student: 0.05, resnet34: 0.05}
    });
    set(addCell(review(), "a".repeat(64), 105, 70));
    await work.askFurther("a".repeat(64));
    const last = review().fields[0]!.cells.at(-1)!;
    expect([last.probabilities.resnet34, last.pixels?.[0], last.mark]).toEqual([0.85, 85, "uninfected"]);
  });

  test("and taken back while it is judged leaves no answer to the next one at its place", async () => {
    const {work, names, review, set, judgeFound} = setUp({"one.jpg": readingOf("a", 90)});
    work.add(names);
    await idle(work);
    set(addCell(review(), "a".repeat(64), 105, 70));
    const answer = judgeFound.getMockImplementation()!;
    judgeFound.mockImplementationOnce(async (...given) => {
      set(addCell(undo(review()), "a".repeat(64), 22, 70));
      return answer(...given);
    });
    await work.askFurther();
    expect(review().fields[0]!.cells.at(-1)!.probabilities.student).toBeUndefined();
  });

  test("and taken back while it is cut out leaves its picture to no other, which is judged by its own", async () => {
    const {work, names, review, set, cut} = setUp({"one.jpg": readingOf("a", 90)});
    work.add(names);
    await idle(work);
    set(addCell(review(), "a".repeat(64), 105, 70));
    const answer = cut.getMockImplementation()!;
    cut.mockImplementationOnce(async (...given) => {
      set(addCell(undo(review()), "a".repeat(64), 22, 70));
      void work.askFurther();
      return answer(...given);
    });
    await work.askFurther();
    await vi.waitFor(() => expect(review().fields[0]!.cells.at(-1)!.probabilities.resnet34).toBeDefined());
    expect(cut).toHaveBeenCalledTimes(2);
    expect(review().fields[0]!.cells.at(-1)!.probabilities.resnet34).not.toBe(0.85);
  });
});

describe("a field whose cells all score higher than healthy ones", () => {
  const scoresOf = ({cells}: {cells: readonly {probabilities: {student?: number}}[]}) =>
    cells.flatMap(({probabilities: {student}}) => student ?? []);

  test("is moved down as a whole, what is added later with it, and judged in two goes as in one", async () => {
    const {work, names, review, set} = setUp({"one.jpg": readingOf("a", 90)}, ["student"], null, 0.1);
    work.add(names);
    await idle(work);
    const [whole] = review().fields;
    const {offset} = whole!.networks.student!;
    // Of the 83 that are not surely parasitized 35 % score below .29, of healthy ones below .1: 1.3 logits, drawn to 0 by 50 cells.
    expect(offset).toBeCloseTo(-0.82, 1);
    expect(whole!.cells[60]!.probabilities.student).toBeCloseTo(shiftLogit(0.6, offset!), 9);

    set(addCell(review(), "a".repeat(64), 105, 70));
    await work.askFurther();
    const [more] = review().fields;
    expect(more!.networks.student!.offset).toBeCloseTo(offset!, 9);
    expect(more!.cells.at(-1)!.probabilities.student).toBeCloseTo(shiftLogit(0.85, offset!), 9);

    const again = setUp({"one.jpg": readingOf("a", 90)}, ["student"], null, 0.1);
    const answer = again.judgeFound.getMockImplementation()!;
    let asked = 0;
    again.judgeFound.mockImplementation(async (...given) => {
      if (++asked > 2) throw new Error("It broke off.");
      return answer(...given);
    });
    again.work.add(again.names);
    await idle(again.work);
    expect(scoresOf(again.review().fields[0]!)).toHaveLength(32);
    again.judgeFound.mockImplementation(answer);
    await again.work.askFurther();
    const scores = scoresOf(again.review().fields[0]!);
    expect(scores).toHaveLength(90);
    scoresOf(whole!).forEach((score, n) => expect(scores[n]).toBeCloseTo(score, 9));
  });
});

describe("the own laboratory's threshold", () => {
  const laboratory = {
    date: "2026-11-29T10:00:00.000Z",
    cells: 40,
    rate: 0.05,
    thresholds: {student: {offset: -2, falseAlarms: {estimate: 0.05, low: 0.01, high: 0.13}, sha256: "11"}}
  };

  test("holds for fields that are chosen, is named, and not for the site's own samples", async () => {
    const files = {"one.jpg": readingOf("a", 90), "sample.jpg": readingOf("f", 90)};
    const {work, names, review} = setUp(files, ["student"], laboratory);
    work.add(names);
    await idle(work);
    const [own, sample] = review().fields;
    expect(own!.networks.student!.laboratory).toMatch(/^own laboratory, 40 healthy cells/);
    expect(own!.cells[60]!.probabilities.student).toBeCloseTo(shiftLogit(0.6, -2), 9);
    expect(sample!.networks.student).toEqual({...networks.student, offset: 0});
    expect(sample!.cells[60]!.probabilities.student).toBe(0.6);
  });

  test("that was set since holds for what an earlier visit left too", async () => {
    const {work, review, set, batches} = setUp({"one.jpg": readingOf("a", 3)}, ["student"], laboratory);
    const {sha256, cells: found} = readingOf("a", 3);
    const cells = found.map((cell) => ({...cell, probabilities: {student: 0.2}, mark: null}));
    set({...emptyReview, fields: [fieldWith(cells, {sha256, networks: {student: networks.student!}})]});
    work.restore(review().fields[0]!, new File(["one"], "one.jpg"));
    await idle(work);
    expect(batches).toEqual([["student", 3]]);
    expect(review().fields[0]!.networks.student!.laboratory).toMatch(/^own laboratory/);
  });
});
