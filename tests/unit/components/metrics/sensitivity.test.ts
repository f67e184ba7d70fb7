import {expect, test} from "vitest";
import {sensitivity, confusionMatrix, scoreIndex} from "../../../../src/components/metrics/index.js";
import {datasets, expectClose, replaced} from "./fixture.js";

test.each(datasets)("agrees with scikit-learn: $name", ({scores, labels, atThreshold}) => {
  const index = scoreIndex(scores, labels);
  for (const row of atThreshold)
    expectClose(sensitivity(confusionMatrix(index, row.threshold)), row.sensitivity, 1e-15);
});

test("the replaced system's matrix, by hand", () => {
  expect(sensitivity(replaced)).toBeCloseTo(2689 / 2801, 12);
});

test("NaN where it is undefined", () => {
  const empty = {truePositives: 0, falseNegatives: 0, falsePositives: 0, trueNegatives: 0};
  expect(sensitivity(empty)).toBeNaN();
  expect(sensitivity({...empty, trueNegatives: 3})).toBeNaN();
});
