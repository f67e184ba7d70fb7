import {expect, test} from "vitest";
import {currentOf} from "../../../../src/components/evaluation/current.js";
import {compareModels, mcnemarSentences} from "../../../../src/components/evaluation/figure-rows.js";
import {evaluationTable} from "../../../../src/components/evaluation/selection.js";
import {headlineEstimates, headlineIntervals} from "../../../../src/components/evaluation/threshold-figures.js";
import {sumMatrices} from "../../../../src/components/metrics/index.js";
import {readQuery} from "../../../../src/components/ui/url-state.js";
import {makeCells, makeData, makeModel} from "./fixture.js";

const cells = makeCells();
const models = [makeModel(cells), makeModel(cells, {name: "colour", folds: [0, 1], seed: 2})];
const data = makeData(models);
const table = evaluationTable(data, cells);
const at = (query: string) => readQuery(table, query).values;
const toCurrent = currentOf(data, cells, new Map(models.map((model) => [model.name, model])));

test("a moved threshold keeps the sorted cells, another fold does not", () => {
  const first = toCurrent(at(""));
  expect(first.threshold).toBeNull();
  expect(first.thresholds).toEqual(data.models[0]!.points.map(({threshold}) => threshold));
  const moved = toCurrent(at("?threshold=0.7"));
  expect(moved.prepared).toBe(first.prepared);
  expect([moved.threshold, moved.thresholds]).toEqual([0.7, [0.7]]);
  const fold = toCurrent(at("?fold=2"));
  expect(fold.prepared).not.toBe(first.prepared);
  expect(fold.threshold).toBeCloseTo(0.42, 12);
});

test("the patients' matrices add up to the matrix", () => {
  const {patients, matrix, healthy} = toCurrent(at("?threshold=0.3"));
  expect(sumMatrices(patients.map((patient) => patient.matrix))).toEqual(matrix);
  expect(healthy.count).toBe(patients.filter(({positives}) => positives === 0).length);
});

test("who is healthy is the archive's word, under corrected labels too", () => {
  const names = (query: string) => toCurrent(at(query)).healthyPatients.map(({patient}) => patient);
  // Every fourth of the fixture's patients has no parasitized cell.
  expect(names("").sort()).toEqual(["C12", "C16", "C20", "C24", "C28", "C4", "C8"]);
  expect(names("?labels=corrected")).toEqual(names(""));
});

test("untouched, every cell is called at the threshold of its own fold, and the figures are the report's", () => {
  const all = toCurrent(at("?kind=wrong"));
  const alone = data.models[0]!.folds.map((fold) => toCurrent(at(`?fold=${fold}`)));
  expect(all.matrix).toEqual(sumMatrices(alone.map(({matrix}) => matrix)));
  expect(all.found).toHaveLength(all.matrix.falseNegatives + all.matrix.falsePositives);
  expect(headlineIntervals(all, data).accuracy).toEqual({estimate: 0.9, low: 0.8, high: 0.95});
});

test("intervals are the report's at its threshold, and are drawn here at another", () => {
  const chosen = toCurrent(at("?fold=0"));
  expect(headlineIntervals(chosen, data).accuracy).toEqual({estimate: 0.9, low: 0.8, high: 0.95});
  const moved = toCurrent(at("?fold=0&threshold=0.7"));
  const {accuracy, rocArea} = headlineIntervals(moved, data);
  expect(accuracy.estimate).toBe(headlineEstimates(moved).accuracy);
  expect(accuracy.low).toBeLessThan(accuracy.estimate);
  expect(accuracy.high).toBeGreaterThan(accuracy.estimate);
  expect(rocArea.estimate).toBe(0.9);
});

test("models are compared with the first", () => {
  const [, second] = compareModels(data, "original");
  expect(second).toMatchObject({model: "colour", folds: "0 1", cells: "240"});
  // (|30 − 10| − 1)² / 40 = 9.025 on one degree of freedom.
  expect(mcnemarSentences(data, "original")).toEqual([
    "colour: of 240 cells in common it alone is right on 10, resnet34 alone on 30: resnet34 is right more often (McNemar’s P = 0.0027)."
  ]);
  const alike = {
    ...models[1]!,
    discordant: {...models[1]!.discordant, original: {shared: 9, onlyFirst: 3, onlySecond: 3}}
  };
  expect(mcnemarSentences(makeData([models[0]!, alike]), "original")[0]).toContain("no difference can be told");
});
