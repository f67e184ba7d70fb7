import {expect, test} from "vitest";
import {rocOnGrid, scoreIndex} from "../../../../src/components/metrics/index.js";
import {datasets, expectAllClose, mixed} from "./fixture.js";

test.each(mixed)("agrees with numpy on scikit-learn's curve: $name", ({scores, labels, grid, rocOnGrid: expected}) => {
  expectAllClose(rocOnGrid(scoreIndex(scores, labels), grid), expected, 1e-13);
});

test("by hand: up to ½, then a slanted step", () => {
  const index = scoreIndex(Float64Array.of(0.9, 0.5, 0.5, 0.1), Uint8Array.of(1, 1, 0, 0));
  expect(rocOnGrid(index, [0, 0.25, 0.5, 1])).toEqual(Float64Array.of(0.5, 0.75, 1, 1));
});

test("NaN if a class is missing; refuses rates outside 0…1", () => {
  for (const {scores, labels, roc} of datasets)
    if (!roc) expect(rocOnGrid(scoreIndex(scores, labels), [0, 0.3, 1])).toEqual(Float64Array.of(NaN, NaN, NaN));
  const index = scoreIndex(Float64Array.of(0.9, 0.5), Uint8Array.of(1, 0));
  expect(() => rocOnGrid(index, [0, 2])).toThrow(new RangeError("falsePositiveRates[1] is 2; it must lie in 0…1"));
});
