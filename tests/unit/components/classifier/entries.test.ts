import {csvParse} from "d3";
import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {
  NOTICE,
  createEntry,
  exportJson,
  exportRows,
  firstSentence,
  orderEntries,
  outcomeOf,
  repeatsOf,
  summarisePatients,
  summariseRefusals
} from "../../../../src/components/classifier/entries.js";
import type {Entry} from "../../../../src/components/classifier/entries.js";
import type {Prediction} from "../../../../src/components/classifier/protocol.js";
import {calibrate} from "../../../../src/components/engine/verdict.js";
import {toCsv} from "../../../../src/components/ui/csv.js";

const metadata = {
  name: "stub",
  labels: ["parasitized", "uninfected"],
  positive: "parasitized",
  threshold: 0.3,
  abstain: [0.25, 0.4] as [number, number],
  temperature: 0.5,
  commit: "abc",
  files: [],
  selfTest: []
};
const network = {metadata, sha256: "0123"};
const said = (probability: number, by = network) => ({
  network: by,
  prediction: {probability, backend: "wasm", milliseconds: 31.44, offset: 0, cautions: [] as string[]} as Prediction
});
const entry = (name: string, probability: number): Entry => ({
  ...createEntry(new File([], name)),
  answer: said(probability)
});
const refused: Entry = {...createEntry(new File([], "z.png")), refusal: {code: "damaged", message: "Damaged."}};
const waiting = createEntry(new File([], "w.png"));
const names = (entries: Entry[]) => entries.map(({file}) => file.name);

test("an outcome follows threshold and band", () => {
  const outcomes = [entry("a", 0.41), entry("b", 0.24), entry("c", 0.3), refused, waiting];
  expect(outcomes.map((e) => outcomeOf(e))).toEqual(["positive", "negative", "uncertain", "refused", "waiting"]);
});

describe("orderEntries", () => {
  const list = [entry("b10.png", 0.2), refused, entry("b9.png", 0.9), entry("a.png", 0.2)];
  test("orders by probability with the unanswered last, by name with numbers as numbers", () => {
    expect(names(orderEntries(list, "falling"))).toEqual(["b9.png", "b10.png", "a.png", "z.png"]);
    expect(names(orderEntries(list, "rising"))).toEqual(["b10.png", "a.png", "b9.png", "z.png"]);
    expect(names(orderEntries(list, "name"))).toEqual(["a.png", "b9.png", "b10.png", "z.png"]);
    expect(orderEntries(list, "chosen")).toEqual(list);
  });
});

test("patients are summed from the data set's names only, with Wilson's interval", () => {
  const cells = [0.9, 0.35, 0.1, 0.05].map((p, n) => entry(`C100P61ThinF_IMG_20150918_144104_cell_${n}.png`, p));
  const other = entry("C9P1thin_IMG_20150918_144104_cell_1.png", 0.1);
  const summary = summarisePatients([...cells, other, entry("mine.png", 0.9), refused, waiting]);
  expect(summary.map(({patient, cells: n, positive, uncertain}) => [patient, n, positive, uncertain])).toEqual([
    ["C9", 1, 0, 0],
    ["C100", 4, 2, 1]
  ]);
  // Wilson's interval of 2 of 4: 0.15 to 0.85.
  expect(summary[1]!.share).toEqual({
    estimate: 0.5,
    low: expect.closeTo(0.150036, 5),
    high: expect.closeTo(0.849964, 5)
  });
});

test("refusals are summed by reason, whatever figures they name, the commonest first", () => {
  const because = (code: string, message: string) => ({...refused, refusal: {code, message}}) as Entry;
  const all = [
    because("damaged", "This file is damaged. Save it anew."),
    because("outside", "It has only 20 × 20 pixels. Use a higher magnification."),
    because("outside", "It has only 1,024 × 3 pixels. Use a higher magnification."),
    because("outside", "No single cell."),
    waiting
  ];
  expect(summariseRefusals(all)).toEqual([
    {count: 2, message: "It has only 20 × 20 pixels. Use a higher magnification."},
    {count: 1, message: "This file is damaged. Save it anew."},
    {count: 1, message: "No single cell."}
  ]);
  expect(firstSentence("At most 25.5 MB. Crop it.")).toBe("At most 25.5 MB.");
  expect(firstSentence("no full stop")).toBe("no full stop");
});

describe("the same bytes twice", () => {
  const read = (path: string, sha256: string, probability = 0.9): Entry => {
    const {answer, ...rest} = {...entry("cell_1.png", probability), path};
    return {...rest, patient: "C1", answer: {...answer!, prediction: {...answer!.prediction, sha256}}};
  };
  const twice: Entry = {...refused, path: "b/z.png", refusal: {...refused.refusal!, sha256: "cc"}};
  const list = [read("a/1.png", "aa"), read("b/1.png", "aa"), read("c/1.png", "bb", 0.1), read("d/1.png", "aa")];
  const all = [...list, refused, waiting, twice, {...twice, path: "c/z.png"}];

  test("are the first of them again; what was not read is no other's", () => {
    const pairs = [...repeatsOf(all)].map(([later, first]) => [later.path, first.path]);
    expect(pairs).toEqual([
      ["b/1.png", "a/1.png"],
      ["d/1.png", "a/1.png"],
      ["c/z.png", "b/z.png"]
    ]);
  });

  test("are one cell of a patient, and each row says whose bytes it has and where it lay", () => {
    expect(summarisePatients(all)).toMatchObject([{patient: "C1", cells: 2, positive: 1}]);
    const rows = csvParse(toCsv(exportRows(all, new Date())));
    expect(rows.map(({file, path, sha256, same_bytes_as: same}) => [file, path, sha256, same])).toEqual([
      ["cell_1.png", "a/1.png", "aa", ""],
      ["cell_1.png", "b/1.png", "aa", "a/1.png"],
      ["cell_1.png", "c/1.png", "bb", ""],
      ["cell_1.png", "d/1.png", "aa", "a/1.png"],
      ["z.png", "z.png", "", ""],
      ["z.png", "b/z.png", "cc", ""],
      ["z.png", "c/z.png", "cc", "b/z.png"]
    ]);
    expect(JSON.parse(exportJson(all, new Date())).cells[3]).toMatchObject({path: "d/1.png", same_bytes_as: "a/1.png"});
  });
});

describe("exports", () => {
  const date = new Date("2026-01-02T03:04:05Z");

  test("every row names model, version, hash, date and that this is no medical device; what waits is left out", () => {
    const rows = csvParse(toCsv(exportRows([entry("a.png", 0.9), refused, waiting], date)));
    expect(rows.length).toBe(2);
    expect(rows[0]).toMatchObject({file: "a.png", called: "parasitized", p_parasitized: "0.9", backend: "wasm"});
    expect(Number(rows[0]!.p_parasitized_calibrated)).toBeCloseTo(81 / 82, 9);
    expect(rows[0]).toMatchObject({model: "stub", model_version: "abc", model_sha256: "0123", p_parasitized_early: ""});
    expect(rows[1]).toMatchObject({file: "z.png", called: "", refused: "damaged", model: ""});
    expect(exportRows([refused], date, network)[0]).toMatchObject({model: "stub", model_sha256: "0123", called: null});
    for (const row of rows) {
      expect(row).toMatchObject({notice: NOTICE});
      expect(row.date).toBe("2026-01-02T03:04:05.000Z");
    }
    expect(NOTICE).toMatch(/not a medical device/i);
  });

  test("no file name becomes a formula, and JSON gives every name back", () => {
    fc.assert(
      fc.property(fc.constantFrom("=", "+", "-", "@", "a"), fc.string(), (start, rest) => {
        const entries = [entry(start + rest, 0.5)];
        const [row] = csvParse(toCsv(exportRows(entries, date)));
        expect(row!.file).not.toMatch(/^[=+\-@\t\r]/);
        expect(JSON.parse(exportJson(entries, date)).cells[0].file).toBe(entries[0]!.file.name);
      })
    );
    const json = JSON.parse(exportJson([entry("a.png", 0.9)], date));
    expect(json).toMatchObject({notice: NOTICE, models: [{sha256: "0123", version: "abc", threshold: 0.3}]});
    expect(json.cells[0]).not.toHaveProperty("notice");
  });

  test("a row keeps to the network that gave its answer, with what another had said before", () => {
    const student = {metadata: {...metadata, name: "student", threshold: 0.6}, sha256: "4567"};
    const both: Entry = {...entry("a.png", 0.5), early: said(0.4, student)};
    const alone: Entry = {...createEntry(new File([], "b.png")), answer: said(0.5, student)};
    expect([both, alone].map(outcomeOf)).toEqual(["positive", "negative"]);
    const rows = csvParse(toCsv(exportRows([both, alone], date)));
    expect(rows[0]).toMatchObject({
      model: "stub",
      threshold: "0.3",
      model_early: "student",
      p_parasitized_early: "0.4"
    });
    expect(rows[1]).toMatchObject({model: "student", threshold: "0.6", model_sha256: "4567", model_early: ""});
    const {models, cells} = JSON.parse(exportJson([both, alone], date));
    expect(models.map(({name}: {name: string}) => name)).toEqual(["student", "stub"]);
    expect(cells.map(({model}: {model: string}) => model)).toEqual(["stub", "student"]);
  });
});

test("calibration keeps the order and one half", () => {
  fc.assert(
    fc.property(fc.double({min: 0, max: 1, noNaN: true}), fc.double({min: 0, max: 1, noNaN: true}), (a, b) => {
      if (a < b) expect(calibrate(a, metadata)).toBeLessThanOrEqual(calibrate(b, metadata));
    })
  );
  expect(calibrate(0.5, metadata)).toBe(0.5);
});
