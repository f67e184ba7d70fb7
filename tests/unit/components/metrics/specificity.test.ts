import {expect, test} from "vitest";
import {specificity, confusionMatrix, scoreIndex} from "../../../../src/components/metrics/index.js";
import {datasets, expectClose, replaced} from "./fixture.js";

test.each(datasets)("agrees with scikit-learn: $name", ({scores, labels, atThreshold}) => {
  const index = scoreIndex(scores, labels);
  for (const row of atThreshold)
    expectClose(specificity(confusionMatrix(index, row.threshold)), row.specificity, 1e-15);
});

test("the replaced system's matrix, by hand", () => {
  expect(specificity(replaced)).toBeCloseTo(2636 / 2710, 12);
});

test("NaN where it is undefined", () => {
  const empty = {truePositives: 0, falseNegatives: 0, falsePositives: 0, trueNegatives: 0};
  expect(specificity(empty)).toBeNaN();
  expect(specificity({...empty, truePositives: 3})).toBeNaN();
});
