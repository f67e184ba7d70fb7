import {expect, test} from "vitest";
import {confusionMatrix, lowestCostPoint, scoreIndex} from "../../../../src/components/metrics/index.js";
import {expectClose, mixed} from "./fixture.js";

test.each(mixed)("agrees with a brute-force search: $name", ({scores, labels, chosen}) => {
  const index = scoreIndex(scores, labels);
  for (const {ratio, ...expected} of chosen.cost) {
    const point = lowestCostPoint(index, ratio);
    expectClose(point.threshold, expected.threshold, 0);
    expectClose(point.sensitivity, expected.sensitivity, 1e-15);
    expectClose(point.specificity, expected.specificity, 1e-15);
  }
});

test("the matrix is the one at the threshold; all NaN if a class is missing", () => {
  const index = scoreIndex(Float64Array.of(0.9, 0.6, 0.5, 0.1), Uint8Array.of(1, 0, 1, 0));
  const point = lowestCostPoint(index, 1);
  expect(point.matrix).toEqual(confusionMatrix(index, point.threshold));
  const missing = lowestCostPoint(scoreIndex(Float64Array.of(0.9), Uint8Array.of(1)), 1);
  expect([missing.threshold, missing.sensitivity, missing.specificity]).toEqual([NaN, NaN, NaN]);
});

test("by hand: a dear miss lowers the threshold, a cheap one raises it", () => {
  const index = scoreIndex(Float64Array.of(0.9, 0.8, 0.7, 0.6), Uint8Array.of(1, 0, 0, 1));
  expect(lowestCostPoint(index, 10).threshold).toBe(0.6);
  expect(lowestCostPoint(index, 1.9).threshold).toBe(0.9);
  expect(lowestCostPoint(index, 2).threshold).toBe(0.9);
});

test("refuses a ratio that is not above 0", () => {
  const index = scoreIndex(Float64Array.of(0.9), Uint8Array.of(1));
  for (const ratio of [0, -1, NaN, Infinity])
    expect(() => lowestCostPoint(index, ratio)).toThrow(`ratio is ${ratio}; it must be finite and above 0`);
});
