import {expect, test} from "vitest";
import {headline} from "../../../../src/data/loaders/headline.js";

test("figures by hand on five cells", () => {
  const evaluation = {
    ...{folds: [0], patients: ["C1", "C2"], cell: [0, 1, 2, 3, 4], patient: [0, 0, 1, 1, 1], fold: [0, 0, 0, 0, 0]},
    ...{score: [0.9, 0.5, 0.2, 0.6, 0.1], label: [1, 1, 1, 0, 0], disputed: [0, 0, 1, 1, 0]}
  };
  const figures = headline(evaluation, 0.5);
  expect(figures).toMatchObject({
    cells: 5,
    patients: 2,
    threshold: 0.5,
    accuracy: 3 / 5,
    specificity: 1 / 2,
    undisputedAccuracy: 1
  });
  expect(figures.sensitivity).toBeCloseTo(2 / 3, 12);
  expect(figures.area).toBeCloseTo(4 / 6, 12);
});
