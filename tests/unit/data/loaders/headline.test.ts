import {expect, test} from "vitest";
import {headline} from "../../../../src/data/loaders/headline.js";
import {readReport} from "../../../../src/data/loaders/report.js";

const figure = (estimate: number) => ({estimate, low: estimate - 0.01, high: estimate + 0.01});
const figures = {accuracy: figure(0.9), sensitivity: figure(0.8), specificity: figure(0.7), rocArea: figure(0.95)};
const metadata = {
  name: "toy",
  labels: ["parasitized", "uninfected"],
  positive: "parasitized",
  files: [],
  threshold: 0.4,
  split: {testFold: 3},
  figures: {original: {cells: 50, patients: 4, figures}, undisputed: {cells: 45, patients: 4, figures}}
};

const report = {points: [], pooled: null};

test("the figures of the metadata, with their intervals, and the accuracy of all folds beside them", () => {
  expect(headline(metadata, report)).toEqual({
    allFolds: null,
    fold: 3,
    cells: 50,
    patients: 4,
    threshold: 0.4,
    undisputedAccuracy: figure(0.9),
    accuracy: figure(0.9),
    sensitivity: figure(0.8),
    specificity: figure(0.7),
    area: figure(0.95)
  });
  const pooled = {original: {accuracy: figure(0.85)}, undisputed: {}, corrected: {}};
  const {points} = readReport([0, 1, 2, 3, 4]);
  expect(headline(metadata, {points, pooled}).allFolds).toEqual({folds: 5, accuracy: figure(0.85)});
});

test("what is missing is named", () => {
  expect(() => headline({...metadata, threshold: null}, report)).toThrow(/threshold.*npm run report/);
  expect(() => headline({...metadata, split: {}}, report)).toThrow(/split\.testFold/);
  expect(() => headline({...metadata, figures: undefined}, report)).toThrow(
    /figures must be an object; run npm run report/
  );
  const {original} = metadata.figures;
  expect(() => headline({...metadata, figures: {original}}, report)).toThrow(/figures\.undisputed must be an object/);
});
