import {expect, test} from "vitest";
import {brierScore} from "../../../../src/components/metrics/index.js";
import {datasets, expectClose} from "./fixture.js";

test.each(datasets)("agrees with scikit-learn: $name", (dataset) => {
  const {scores, labels, weights} = dataset;
  expectClose(brierScore(scores, labels), dataset.brierScore, 1e-14);
  expectClose(brierScore(scores, labels, {weights}), dataset.weightedBrierScore, 1e-14);
});

test("by hand", () => {
  expect(brierScore(Float64Array.of(0.9, 0.2), Uint8Array.of(1, 1))).toBeCloseTo((0.01 + 0.64) / 2, 15);
});

test("NaN if all weights are 0", () => {
  expect(brierScore(Float64Array.of(0.3), Uint8Array.of(1), {weights: Float64Array.of(0)})).toBeNaN();
});
