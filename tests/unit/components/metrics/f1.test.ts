import {expect, test} from "vitest";
import {f1, confusionMatrix, scoreIndex} from "../../../../src/components/metrics/index.js";
import {datasets, expectClose, replaced} from "./fixture.js";

test.each(datasets)("agrees with scikit-learn: $name", ({scores, labels, atThreshold}) => {
  const index = scoreIndex(scores, labels);
  for (const row of atThreshold) expectClose(f1(confusionMatrix(index, row.threshold)), row.f1, 1e-15);
});

test("the replaced system's matrix, by hand", () => {
  expect(f1(replaced)).toBeCloseTo(5378 / 5564, 12);
});

test("NaN where it is undefined", () => {
  const empty = {truePositives: 0, falseNegatives: 0, falsePositives: 0, trueNegatives: 0};
  expect(f1(empty)).toBeNaN();
  expect(f1({...empty, trueNegatives: 3})).toBeNaN();
});
