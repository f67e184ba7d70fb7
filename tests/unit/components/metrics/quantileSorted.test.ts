import {expect, test} from "vitest";
import {quantileSorted} from "../../../../src/components/metrics/index.js";

test("interpolates between neighbours", () => {
  const sorted = Float64Array.of(1, 2, 4, 8, 16);
  expect([0, 0.1, 0.25, 0.6, 0.975, 1].map((share) => quantileSorted(sorted, share))).toEqual([
    1, 1.4, 2, 5.6, 15.2, 16
  ]);
  expect(quantileSorted(Float64Array.of(3), 0.4)).toBe(3);
  expect(quantileSorted(Float64Array.of(), 0.4)).toBeNaN();
});
