// @vitest-environment jsdom
import {afterEach, beforeEach, expect, test, vi} from "vitest";
import type {Network} from "../../../../src/components/classifier/entries.js";
import type {NetworkName} from "../../../../src/components/classifier/networks.js";
import type {SeenPicture} from "../../../../src/components/gate/gate.js";
import type {Shelf} from "../../../../src/components/keep/shelf.js";
import {createBench} from "../../../../src/components/smear/bench.js";
import type {FieldReader} from "../../../../src/components/smear/field-reader.js";
import type {KeptField} from "../../../../src/components/smear/kept-smear.js";
import type {FieldReading} from "../../../../src/components/smear/read-field.js";
import type {SmearField} from "../../../../src/components/smear/review.js";
import {element} from "../../../../src/components/ui/element.js";
import {stubCanvasSize} from "./canvas.js";
import {disc} from "./drawn.js";
import {fieldWith, judgedAt, networks} from "./support.js";

/** P(parasitized) of each cell of the field, in hundredths. */
const SCORES = [90, 5, 62, 80, 10];
const reading: FieldReading = {
  sha256: "a".repeat(64),
  width: 400,
  height: 200,
  diameter: 40,
  typical: [0.3, 0.5, 0.45],
  doubts: ["Out of focus."],
  cells: SCORES.map((_, n) => disc(40 + 60 * n, 50, 40)),
  pictures: SCORES.map((score): SeenPicture => ({
    cell: new Uint8ClampedArray(7500).fill(score),
    cut: true,
    missing: null,
    descriptors: null,
    width: 40,
    height: 40
  }))
};
/** Pictures that were made and not closed since. */
let held = 0;
const picture = () => {
  held++;
  return {width: 400, height: 200, close: () => void held--} as ImageBitmap;
};
const network = (name: NetworkName = "resnet34") =>
  ({metadata: {...networks[name], name}, sha256: networks[name]!.sha256}) as unknown as Network;

function shelfOf(records: Map<string, [IDBValidKey, KeptField]>): Shelf<KeptField> {
  return {
    claim: async () => true,
    all: async () => [...records.values()],
    put: async (some) => some.forEach(([key, record]) => records.set(String(key), [key, record])),
    remove: async (keys) => keys.forEach((key) => records.delete(String(key))),
    clear: async () => records.clear()
  };
}

let ended: AbortController;
beforeEach(() => {
  held = 0;
  ended = new AbortController();
  stubCanvasSize();
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
  Element.prototype.scrollIntoView = () => {};
});
afterEach(() => {
  ended.abort();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  delete (Element.prototype as Partial<Element>).scrollIntoView;
});

function setUp(
  records = new Map<string, [IDBValidKey, KeptField]>(),
  {opened = [], handedOver = null}: {opened?: SmearField[]; handedOver?: File | null} = {}
) {
  const said: string[] = [];
  const find = vi.fn<FieldReader["find"]>(async (_, {onPicture} = {}) => {
    onPicture?.(picture());
    return reading;
  });
  const cut = vi.fn<FieldReader["cut"]>(async (_, {cells}) =>
    cells.map(() => ({...reading.pictures[0]!, cell: new Uint8ClampedArray(7500).fill(77)}))
  );
  const reader: FieldReader = {find, cut, show: async () => picture(), open: async () => opened, dispose() {}};
  const places = {finder: element("p"), fate: element("p"), record: element("input", {type: "file"})};
  const bench = createBench({
    classifier: {
      network,
      judgeFound: async (_, pictures) =>
        pictures.map(({cell}) => ({probability: cell[0]! / 100, offset: 0, doubts: []}))
    },
    asked: () => ["student", "resnet34"],
    finder: {base: "", sha256: ""},
    measured: {},
    places,
    signal: ended.signal,
    announce: (sentence) => said.push(sentence),
    onEmpty: () => said.push("empty"),
    createReader: () => reader,
    shelf: shelfOf(records),
    sampleHashes: [],
    store: undefined,
    handOver: {take: async () => handedOver}
  });
  document.body.replaceChildren(...bench.parts);
  const numbers = () => {
    const {cells, infected} = document.querySelector<HTMLElement>(".numbers")!.dataset;
    return [Number(cells), Number(infected)];
  };
  const shown = () => [...document.querySelectorAll<HTMLElement>(".suspect")];
  const press = (key: string) =>
    shown()[0]!.dispatchEvent(new window.KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
  const follow = (wanted: number[]) => vi.waitFor(() => expect(numbers()).toEqual(wanted));
  return {bench, said, find, cut, numbers, shown, press, follow, places, records};
}

const button = (name: string) =>
  [...document.querySelectorAll("button")].find(({textContent}) => textContent?.startsWith(name))!;

test("a field is counted, its suspects the most probable first, and keys review them", async () => {
  const {bench, shown, press, follow, said, places} = setUp();
  bench.take([new File(["a"], "field.jpg")]);
  await follow([5, 3]);
  const probabilities = () => shown().map(({textContent}) => /0\.\d+/.exec(textContent!)?.[0]);
  expect(probabilities()).toEqual(["0.900", "0.800", "0.620"]);
  expect(shown().map(({dataset}) => dataset.look)).toEqual(["parasitized", "parasitized", "close"]);
  expect(document.querySelector("[data-testid=doubts]")!.textContent).toBe("Out of focus.");
  expect(document.querySelector("[data-testid=facts]")!.textContent).toMatch(
    /^field\.jpg: 400 × 200 .* about 40 across/
  );
  expect(places.fate.textContent).toMatch(/^Kept in this browser/);
  press("x");
  await follow([5, 3]);
  press("j");
  press("x");
  await follow([5, 2]);
  expect(shown()[0]!.getAttribute("aria-selected")).toBe("true");
  expect(said.at(-1)).toBe("Marked: uninfected. 2 of 5 parasitized; the networks alone say 3 of 5.");
  press("j");
  press("n");
  await follow([4, 1]);
  press("u");
  press("u");
  await follow([5, 3]);
  press("r");
  await follow([5, 2]);
  expect(button("Undo").disabled).toBe(false);
  button("Undo").click();
  await follow([5, 3]);
});

test("what was reviewed is there for the next page, until it is cleared", async () => {
  const first = setUp();
  first.bench.take([new File(["a"], "field.jpg")]);
  await first.follow([5, 3]);
  first.press("j");
  first.press("x");
  await first.follow([5, 2]);
  await vi.waitFor(() => expect([...first.records.values()][0]?.[1].field.cells[0]!.mark).toBe("uninfected"));
  const second = setUp(first.records);
  await second.follow([5, 2]);
  expect(second.find).not.toHaveBeenCalled();
  button("Clear this smear").click();
  await vi.waitFor(() => expect(first.records.size).toBe(0));
  expect(second.said).toContain("empty");
  expect(document.querySelector<HTMLElement>(".smear-bench")!.hidden).toBe(true);
});

test("of many fields one picture is held, that of the field which is shown, and none once they are cleared", async () => {
  const {bench, find, follow} = setUp();
  let read = 0;
  find.mockImplementation(async (_, {onPicture} = {}) => {
    onPicture?.(picture());
    return {...reading, sha256: String(read++).repeat(64)};
  });
  bench.take([new File(["a"], "first.jpg")]);
  await follow([5, 3]);
  expect(held).toBe(1);
  bench.take(Array.from({length: 6}, (_, n) => new File(["a"], `field-${n}.jpg`)));
  await follow([35, 21]);
  button("field-4").click();
  await vi.waitFor(() => expect(button("field-4").getAttribute("aria-pressed")).toBe("true"));
  expect(held).toBe(1);
  button("Clear this smear").click();
  await follow([0, 0]);
  expect(held).toBe(0);
});

test("a field is taken out, and undo brings it back", async () => {
  const {bench, follow} = setUp();
  bench.take([new File(["a"], "field.jpg")]);
  await follow([5, 3]);
  button("Remove").click();
  await vi.waitFor(() => expect(document.querySelectorAll(".fields li").length).toBe(0));
  expect(document.querySelector<HTMLElement>(".smear-bench")!.hidden).toBe(false);
  button("Undo").click();
  await follow([5, 3]);
  expect(document.querySelectorAll(".fields li").length).toBe(1);
});

test("an added cell is cut and judged too; what the networks make of it is said, and counts only once it is confirmed", async () => {
  const {bench, follow, said, cut, shown} = setUp();
  bench.take([new File(["a"], "field.jpg")]);
  await follow([5, 3]);
  const canvas = document.querySelector<HTMLElement>(".field-canvas")!;
  canvas.dispatchEvent(new window.KeyboardEvent("keydown", {key: "a", bubbles: true}));
  await follow([6, 3]);
  await vi.waitFor(() => expect(said.at(-1)).toMatch(/^The networks give the added cell P 0\.770.*among the suspects/));
  expect(cut.mock.calls.map(([, {cells}]) => cells.length)).toEqual([1]);
  await vi.waitFor(() => expect(shown().length).toBe(4));
  expect(document.querySelector("[data-testid=network-count]")!.textContent).toContain("3 of 5");
  button("Confirm").click();
  await follow([6, 4]);
});

test("a saved smear without pictures says how they return, and nothing added to it is judged before", async () => {
  const field = fieldWith([judgedAt(40, 50, 0.9), judgedAt(100, 50, 0.1)], {sha256: "a".repeat(64)});
  const {bench, follow, said, cut, places, shown} = setUp(undefined, {opened: [field]});
  Object.defineProperty(places.record, "files", {value: [new File(["{}"], "smear.json")]});
  places.record.dispatchEvent(new window.Event("change"));
  await follow([2, 1]);
  const missing = document.querySelector<HTMLElement>("[data-testid=suspects-missing]")!;
  expect([missing.hidden, missing.textContent]).toEqual([
    false,
    expect.stringMatching(/^A saved smear .*Choose field\.jpg again/)
  ]);
  expect(shown()[0]!.querySelector("canvas")).toBeNull();
  document
    .querySelector(".field-canvas")!
    .dispatchEvent(new window.KeyboardEvent("keydown", {key: "a", bubbles: true}));
  await vi.waitFor(() => expect(said.at(-1)).toMatch(/cannot judge it without the picture: choose field\.jpg again/));
  expect(cut).not.toHaveBeenCalled();
  bench.take([new File(["a"], "field.jpg")]);
  await vi.waitFor(() => expect(missing.hidden).toBe(true));
  // What was added meanwhile is judged with it.
  await vi.waitFor(() => expect(cut.mock.calls.map(([, {cells}]) => cells.map(({x}) => x))).toEqual([[40, 100]]));
  await follow([3, 1]);
});

test("a picture that another page refused as a field is counted at once", async () => {
  const {follow, find} = setUp(undefined, {handedOver: new File(["a"], "field.jpg")});
  await follow([5, 3]);
  expect((find.mock.calls[0]![0] as File).name).toBe("field.jpg");
});
