import {expect, test} from "vitest";
import {precision, confusionMatrix, scoreIndex} from "../../../../src/components/metrics/index.js";
import {datasets, expectClose, replaced} from "./fixture.js";

test.each(datasets)("agrees with scikit-learn: $name", ({scores, labels, atThreshold}) => {
  const index = scoreIndex(scores, labels);
  for (const row of atThreshold) expectClose(precision(confusionMatrix(index, row.threshold)), row.precision, 1e-15);
});

test("the replaced system's matrix, by hand", () => {
  expect(precision(replaced)).toBeCloseTo(2689 / 2763, 12);
});

test("NaN where it is undefined", () => {
  const empty = {truePositives: 0, falseNegatives: 0, falsePositives: 0, trueNegatives: 0};
  expect(precision(empty)).toBeNaN();
  expect(precision({...empty, falseNegatives: 3})).toBeNaN();
});
