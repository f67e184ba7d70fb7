import {expect, test} from "vitest";
import {balancedAccuracy, confusionMatrix, scoreIndex} from "../../../../src/components/metrics/index.js";
import {datasets, expectClose, replaced} from "./fixture.js";

test.each(datasets)("agrees with scikit-learn: $name", ({scores, labels, atThreshold}) => {
  const index = scoreIndex(scores, labels);
  for (const row of atThreshold)
    expectClose(balancedAccuracy(confusionMatrix(index, row.threshold)), row.balancedAccuracy, 1e-15);
});

test("the replaced system's matrix, by hand", () => {
  expect(balancedAccuracy(replaced)).toBeCloseTo((2689 / 2801 + 2636 / 2710) / 2, 12);
});

test("NaN where it is undefined", () => {
  const empty = {truePositives: 0, falseNegatives: 0, falsePositives: 0, trueNegatives: 0};
  expect(balancedAccuracy(empty)).toBeNaN();
  expect(balancedAccuracy({...empty, truePositives: 3})).toBeNaN();
});
