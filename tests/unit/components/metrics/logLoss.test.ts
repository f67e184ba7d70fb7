import {expect, test} from "vitest";
import {logLoss} from "../../../../src/components/metrics/index.js";
import {datasets, expectClose} from "./fixture.js";

test.each(datasets)("agrees with scikit-learn: $name", (dataset) => {
  const {scores, labels, weights} = dataset;
  expectClose(logLoss(scores, labels), dataset.logLoss, 1e-14);
  expectClose(logLoss(scores, labels, {weights}), dataset.weightedLogLoss, 1e-14);
});

test("by hand; a certain mistake costs 52 ln 2", () => {
  expect(logLoss(Float64Array.of(0.5, 0.25), Uint8Array.of(1, 1))).toBeCloseTo(1.5 * Math.LN2, 15);
  expect(logLoss(Float64Array.of(0), Uint8Array.of(1))).toBeCloseTo(52 * Math.LN2, 12);
  expect(logLoss(Float64Array.of(1), Uint8Array.of(0))).toBeCloseTo(52 * Math.LN2, 12);
});

test("NaN if all weights are 0", () => {
  expect(logLoss(Float64Array.of(0.3), Uint8Array.of(1), {weights: Float64Array.of(0)})).toBeNaN();
});
