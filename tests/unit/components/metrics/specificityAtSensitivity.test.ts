import {expect, test} from "vitest";
import {confusionMatrix, specificityAtSensitivity, scoreIndex} from "../../../../src/components/metrics/index.js";
import {expectClose, mixed} from "./fixture.js";

test.each(mixed)("agrees with a brute-force search: $name", ({scores, labels, chosen}) => {
  const index = scoreIndex(scores, labels);
  for (const {wish, ...expected} of chosen.specificityAtSensitivity) {
    const point = specificityAtSensitivity(index, wish);
    expectClose(point.threshold, expected.threshold, 0);
    expectClose(point.sensitivity, expected.sensitivity, 1e-15);
    expectClose(point.specificity, expected.specificity, 1e-15);
  }
});

test("the matrix is the one at the threshold; all NaN if a class is missing", () => {
  const index = scoreIndex(Float64Array.of(0.9, 0.6, 0.5, 0.1), Uint8Array.of(1, 0, 1, 0));
  const point = specificityAtSensitivity(index, 1);
  expect(point.matrix).toEqual(confusionMatrix(index, point.threshold));
  const missing = specificityAtSensitivity(scoreIndex(Float64Array.of(0.9), Uint8Array.of(1)), 1);
  expect([missing.threshold, missing.sensitivity, missing.specificity]).toEqual([NaN, NaN, NaN]);
});

test("by hand: of equal specificities the one with the higher sensitivity", () => {
  const index = scoreIndex(Float64Array.of(0.9, 0.8, 0.7, 0.6), Uint8Array.of(1, 1, 0, 1));
  expect(specificityAtSensitivity(index, 0.3)).toMatchObject({threshold: 0.8, sensitivity: 2 / 3, specificity: 1});
  expect(specificityAtSensitivity(index, 0.7)).toMatchObject({threshold: 0.6, sensitivity: 1, specificity: 0});
});

test("refuses a sensitivity outside 0…1", () => {
  const index = scoreIndex(Float64Array.of(0.9), Uint8Array.of(1));
  for (const wish of [-0.1, 97, NaN])
    expect(() => specificityAtSensitivity(index, wish)).toThrow(`sensitivity is ${wish}; it must lie in 0…1`);
});
