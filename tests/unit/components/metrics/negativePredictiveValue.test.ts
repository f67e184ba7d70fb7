import {expect, test} from "vitest";
import {negativePredictiveValue, confusionMatrix, scoreIndex} from "../../../../src/components/metrics/index.js";
import {datasets, expectClose, replaced} from "./fixture.js";

test.each(datasets)("agrees with scikit-learn: $name", ({scores, labels, atThreshold}) => {
  const index = scoreIndex(scores, labels);
  for (const row of atThreshold)
    expectClose(negativePredictiveValue(confusionMatrix(index, row.threshold)), row.negativePredictiveValue, 1e-15);
});

test("the replaced system's matrix, by hand", () => {
  expect(negativePredictiveValue(replaced)).toBeCloseTo(2636 / 2748, 12);
});

test("NaN where it is undefined", () => {
  const empty = {truePositives: 0, falseNegatives: 0, falsePositives: 0, trueNegatives: 0};
  expect(negativePredictiveValue(empty)).toBeNaN();
  expect(negativePredictiveValue({...empty, falsePositives: 3})).toBeNaN();
});
