import {expect, test} from "vitest";
import {accuracy, confusionMatrix, scoreIndex} from "../../../../src/components/metrics/index.js";
import {datasets, expectClose, replaced} from "./fixture.js";

test.each(datasets)("agrees with scikit-learn: $name", ({scores, labels, atThreshold}) => {
  const index = scoreIndex(scores, labels);
  for (const row of atThreshold) expectClose(accuracy(confusionMatrix(index, row.threshold)), row.accuracy, 1e-15);
});

test("the replaced system's matrix, by hand", () => {
  expect(accuracy(replaced)).toBeCloseTo(5325 / 5511, 12);
  expect(accuracy(replaced).toFixed(5)).toBe("0.96625");
});

test("NaN where it is undefined", () => {
  const empty = {truePositives: 0, falseNegatives: 0, falsePositives: 0, trueNegatives: 0};
  expect(accuracy(empty)).toBeNaN();
});
