import {expect, test} from "vitest";
import {precisionOnGrid, reweigh, scoreIndex} from "../../../../src/components/metrics/index.js";
import {expectAllClose, mixed} from "./fixture.js";

test.each(mixed)("agrees with scikit-learn's steps: $name", ({scores, labels, grid, precisionOnGrid: expected}) => {
  expectAllClose(precisionOnGrid(scoreIndex(scores, labels), grid), expected, 1e-15);
});

test("skips thresholds without weight; NaN without parasitized cells; refuses recalls outside 0…1", () => {
  const index = scoreIndex(Float64Array.of(0.9, 0.5, 0.4), Uint8Array.of(0, 1, 0));
  expect(precisionOnGrid(reweigh(index, Float64Array.of(0, 1, 1)), [0, 1])).toEqual(Float64Array.of(1, 1));
  expect(precisionOnGrid(reweigh(index, Float64Array.of(1, 0, 1)), [0, 1])).toEqual(Float64Array.of(NaN, NaN));
  expect(() => precisionOnGrid(index, [NaN])).toThrow(new RangeError("recalls[0] is NaN; it must lie in 0…1"));
});
