import {expect, test} from "vitest";
import {matthewsCorrelation, confusionMatrix, scoreIndex} from "../../../../src/components/metrics/index.js";
import {datasets, expectClose, replaced} from "./fixture.js";

test.each(datasets)("agrees with scikit-learn: $name", ({scores, labels, atThreshold}) => {
  const index = scoreIndex(scores, labels);
  for (const row of atThreshold)
    expectClose(matthewsCorrelation(confusionMatrix(index, row.threshold)), row.matthewsCorrelation, 1e-15);
});

test("the replaced system's matrix, by hand", () => {
  expect(matthewsCorrelation(replaced)).toBeCloseTo(
    (2689 * 2636 - 74 * 112) / Math.sqrt(2801 * 2710 * 2763 * 2748),
    12
  );
});

test("NaN where it is undefined", () => {
  const empty = {truePositives: 0, falseNegatives: 0, falsePositives: 0, trueNegatives: 0};
  expect(matthewsCorrelation(empty)).toBeNaN();
  expect(matthewsCorrelation({...empty, truePositives: 3, falseNegatives: 2})).toBeNaN();
});
