import {expect, test} from "vitest";
import {
  countingNetwork,
  intervalText,
  microlitreText,
  numbersOf,
  thresholdText,
  worthOf,
  worthSentences
} from "../../../../src/components/smear/numbers.js";
import type {SmearField} from "../../../../src/components/smear/review.js";
import {cellAt, fieldWith, judgedAt, networks} from "./support.js";

/** A field with so many infected of so many cells. */
const field = (infected: number, cells: number, name = "a", more: Partial<SmearField> = {}) =>
  fieldWith(
    Array.from({length: cells}, (_, n) => judgedAt(20, 20, n < infected ? 0.9 : 0.1)),
    {sha256: name.repeat(64), ...more}
  );
const measured = (falseAlarms: number, laboratory = "Here") => ({
  healthy: [{laboratory, cells: 10_000, falseAlarms}],
  sensitivity: 0.95
});

test("one list of fields is summed once, another one anew", () => {
  const fields = [field(3, 100), field(1, 50, "b")];
  expect(numbersOf(fields)).toBe(numbersOf(fields));
  expect(numbersOf([...fields])).toEqual(numbersOf(fields));
  expect(numbersOf([...fields, field(2, 50, "c")]).network).toEqual({cells: 200, infected: 6});
});

test("fields are summed, kinds that are not counted are told", () => {
  const first = field(3, 100);
  const second = field(1, 50, "b");
  const numbers = numbersOf([
    {...first, cells: [...first.cells, cellAt(5, 5, {kind: "cut"}), cellAt(5, 5, {kind: "white"})]},
    {...second, cells: second.cells.map((cell, n) => (n === 0 ? {...cell, mark: "uninfected"} : cell))}
  ]);
  expect(numbers).toMatchObject({
    network: {cells: 150, infected: 4},
    reviewed: {cells: 150, infected: 3},
    waiting: 0,
    marked: 1,
    fields: 2,
    others: ["1 cut off by the picture's edge", "1 white cell"]
  });
  expect(intervalText(numbers)).toMatch(/^95\s% interval 0\.7\s% to 5\.7\s%, by Wilson.*with 5 fields or more/);
});

test("from five fields on the interval rests on the fields", () => {
  const numbers = numbersOf([0, 1, 2, 8, 3].map((infected, n) => field(infected, 100, "abcde"[n])));
  expect(intervalText(numbers)).toMatch(/by resampling the 5 fields\.$/);
  expect(intervalText(numbersOf([]))).toBe("");
});

test("3 of 800 could be none where one healthy cell in a hundred is called, and not where one in 5,000 is", () => {
  const numbers = numbersOf([field(3, 800)]);
  const often = worthSentences(numbers, measured(100));
  expect(often[0]).toMatch(
    /^Of the 10,000 healthy cells of Here the network would call 1\.0\s% parasitized: of 800 .* about 8\.0 /
  );
  expect(often[1]).toMatch(/^So its 3 of 800 could be none at all/);
  expect(often[2]).toMatch(/^The lowest parasitaemia .* 800 cells tells from none is about \d/);
  expect(worthSentences(numbers, measured(2))[1]).toMatch(/^Its 3 of 800 are more than false alarms explain/);
  expect(worthSentences(numbersOf([field(0, 800)]), measured(100)).length).toBe(2);
  expect(worthSentences(numbersOf([field(0, 3)]), measured(5000)).at(-1)).toMatch(
    /^3 cells are too few.*Add fields\.$/
  );
  expect(worthSentences(numbersOf([]), measured(100))).toEqual([]);
});

test("of several laboratories the range is told, and the most careful one keeps 3 of 800 from being told from none", () => {
  const healthy = [...measured(2, "Clean").healthy, ...measured(800, "Noisy").healthy];
  const said = worthSentences(numbersOf([field(3, 800)]), {healthy, sensitivity: null});
  expect(said[0]).toMatch(
    /^Of 20,000 healthy cells in fields of 2 other laboratories .* 0\.0\s% \(Clean\) to 8\.0\s% \(Noisy\) .* \(0 to \d\d\)\.$/
  );
  expect(said[1]).toMatch(/^So its 3 of 800 could be none at all: .* in 5\d\s%/);
  expect(said[2]).toBe("How many parasites the network finds at this threshold was not measured.");
});

test("fields at a laboratory's threshold are worth what its own cells say, and are not summed with others", () => {
  const at = (laboratory: string, name = "a") =>
    field(3, 800, name, {networks: {...networks, resnet34: {...networks.resnet34!, laboratory}}});
  const all = {resnet34: measured(100)};
  const own = {title: "own laboratory", measured: {resnet34: {...measured(2, "your laboratory"), sensitivity: null}}};
  expect(worthOf([field(3, 800)], all, own)).toEqual(worthSentences(numbersOf([field(3, 800)]), measured(100)));
  expect(worthOf([at("own laboratory")], all, own)[0]).toMatch(/of your laboratory the network would call 0\.0\s%/);
  expect(worthOf([at("another's")], all, own)).toEqual([]);
  expect(worthOf([at("own laboratory"), field(1, 10, "b")], all, own)).toEqual([
    expect.stringMatching(/different thresholds/)
  ]);
  expect(worthOf([fieldWith([cellAt(1, 1)])], all)).toEqual([]);
  expect(thresholdText([field(1, 2)])).toBe("");
  expect(thresholdText([at("own laboratory"), field(1, 2, "b")])).toBe(
    "Called at the threshold of: own laboratory, the rest at the model's own."
  );
});

test("fields whose cells raised the threshold are told of", () => {
  const at = (offset: number, name: string) =>
    field(3, 800, name, {networks: {...networks, resnet34: {...networks.resnet34!, offset}}});
  expect(thresholdText([at(-0.1, "a")])).toBe("");
  expect(thresholdText([at(-1, "a")])).toBe(
    "Most cells of this field score higher than the data set's healthy ones do, so its threshold was raised."
  );
  expect(thresholdText([at(-1, "a"), at(0, "b"), at(-2, "c")])).toMatch(
    /^Most cells of 2 of 3 fields .* so their threshold/
  );
});

test("the count is that of the network whose word stands everywhere", () => {
  expect(countingNetwork([])).toBeNull();
  expect(countingNetwork([field(1, 3)])).toBe("resnet34");
  const mixed = fieldWith([judgedAt(1, 1, 0.5), cellAt(1, 1, {probabilities: {student: 0.4}})]);
  expect(countingNetwork([mixed])).toBe("student");
});

test("parasites a microlitre say what they assume", () => {
  const numbers = numbersOf([field(10, 1000)]);
  expect(microlitreText(numbers)).toMatch(
    /^About 50,000 .*if a microlitre holds 5,000,000 red cells, which is assumed/
  );
  expect(microlitreText(numbers, 2_000_000)).toMatch(/^About 20,000 .*2,000,000 red cells, as you say\.$/);
  expect(microlitreText(numbersOf([]))).toBe("");
});
