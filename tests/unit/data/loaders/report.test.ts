import {readFileSync, writeFileSync} from "node:fs";
import path from "node:path";
import {expect, test} from "vitest";
import {readReport} from "../../../../src/data/loaders/report.js";
import {makeDirectory} from "./fixture.js";

const figures = {accuracy: {estimate: 0.9, low: 0.8, high: 0.95}};
const sets = {original: {figures}, undisputed: {figures}, corrected: {figures}};
const point = {threshold: 0.4, temperature: 0.8, abstain: [0.3, 0.7], rule: "Youden"};
const fold = (number: number) => ({fold: number, operatingPoint: point, figures: sets});

function write(report: unknown): string {
  const directory = makeDirectory();
  writeFileSync(path.join(directory, "report.json"), JSON.stringify(report));
  return directory;
}

test("reads operating points and figures; one fold needs nothing pooled", () => {
  const report = readReport([0], write({draws: 2000, seed: 1, folds: [fold(0)], pooled: null}));
  expect(report.points).toEqual([{fold: 0, ...point}]);
  expect(report.figures[0]!.corrected).toEqual(figures);
  expect(report.pooled).toBeNull();
  expect(readReport([0, 1], write({draws: 9, seed: 1, folds: [fold(0), fold(1)], pooled: sets})).pooled).toEqual({
    original: figures,
    undisputed: figures,
    corrected: figures
  });
});

test("subgroups and changed pictures are read where they are there", () => {
  const figure = {estimate: 0.9, low: null, high: null};
  const subgroups = [
    {
      factor: "hue",
      group: "up to 3",
      cells: 5,
      patients: 2,
      figures: {accuracy: figure, sensitivity: figure, specificity: figure, rocArea: figure}
    }
  ];
  const robustness = [{change: "hue", level: -15, cells: 9, rocArea: 0.9, sensitivity: 0.8, specificity: 0.7}];
  const report = readReport([0], write({draws: 1, seed: 1, folds: [fold(0)], subgroups, robustness}));
  expect(report.subgroups[0]).toMatchObject({factor: "hue", group: "up to 3", cells: 5, patients: 2});
  expect(report.subgroups[0]!.figures.accuracy).toEqual({estimate: 0.9, low: NaN, high: NaN});
  expect(report.robustness).toEqual(robustness);
  expect(readReport([0], write({draws: 1, seed: 1, folds: [fold(0)]}))).toMatchObject({subgroups: [], robustness: []});
});

test.each([
  ["no list", {subgroups: {}}, "subgroups must be a list of objects"],
  ["a part without a name", {subgroups: [{factor: "hue"}]}, "subgroups[0].group must be a text"],
  [
    "a part without figures",
    {subgroups: [{factor: "a", group: "b", cells: 1, patients: 1}]},
    "subgroups[0].figures must be an object"
  ],
  ["a change without a name", {robustness: [{}]}, "robustness[0].change must be a text"],
  [
    "a rate above 1",
    {robustness: [{change: "hue", level: 1, cells: 2, rocArea: 2}]},
    "robustness[0].rocArea must be a number from 0 to 1, but is 2"
  ],
  [
    "a figure that is a text",
    {folds: [{...fold(0), figures: {...sets, original: {figures: {f1: {estimate: "NaN", low: 0, high: 1}}}}}]},
    "folds[0].figures.original.figures.f1.estimate must be a number"
  ]
])("%s is named", (_, change, sentence) => {
  expect(() => readReport([0], write({draws: 1, seed: 1, folds: [fold(0)], ...change}))).toThrow(sentence);
});

test("where a model has a gate its report must speak of every laboratory, and some must be known", () => {
  const plain = {draws: 1, seed: 1, folds: [fold(0)]};
  expect(readReport([0], write(plain)).laboratories).toEqual([]);
  const directory = write(plain);
  writeFileSync(path.join(directory, "gate.json"), "{}");
  expect(() => readReport([0], directory)).toThrow(/report\.json: laboratories lacks Plymouth; run npm run gate/);
  const known = path.join(directory, "laboratories.json");
  writeFileSync(known, "{}");
  expect(() => readReport([0], directory, known)).toThrow(/laboratories\.json: it names no laboratory/);
  const shipped = JSON.parse(readFileSync("models/resnet34/report.json", "utf8")) as {laboratories: object[]};
  const lacking = write({...plain, laboratories: shipped.laboratories.slice(0, -1)});
  writeFileSync(path.join(lacking, "gate.json"), "{}");
  expect(() => readReport([0], lacking)).toThrow(/laboratories lacks BBBC041/);
});

test("a figure that no draw defines may be null", () => {
  const open = {matthewsCorrelation: {estimate: null, low: null, high: null}};
  const one = {...fold(0), figures: {...sets, original: {figures: open}}};
  const report = readReport([0], write({draws: 1, seed: 1, folds: [one]}));
  expect(report.figures[0]!.original.matthewsCorrelation!.estimate).toBeNaN();
});

test.each([
  ["a missing fold", {draws: 1, seed: 1, folds: [fold(0)]}, "folds must be 0, 1 as in predictions.csv, but are 0"],
  ["no list of folds", {draws: 1, seed: 1}, "folds must be a list of objects"],
  ["no pooled figures", {draws: 1, seed: 1, folds: [fold(0), fold(1)]}, "pooled.original.figures must be an object"],
  [
    "a threshold above 1",
    {draws: 1, seed: 1, folds: [fold(0), {...fold(1), operatingPoint: {...point, threshold: 2}}], pooled: sets},
    "folds[1].operatingPoint.threshold must be a number from 0 to 1"
  ],
  [
    "half an abstain band",
    {draws: 1, seed: 1, folds: [fold(0), {...fold(1), operatingPoint: {...point, abstain: [0.1]}}], pooled: sets},
    "folds[1].operatingPoint.abstain must be two numbers"
  ]
])("%s is named", (_, report, sentence) => {
  expect(() => readReport([0, 1], write(report))).toThrow(sentence);
});
