import {expect, test} from "vitest";
import {percentileInterval} from "../../../../src/components/metrics/index.js";

test("cuts the tails off and leaves undefined draws out", () => {
  const values = Float64Array.from({length: 102}, (_, i) => (i < 101 ? (37 * i) % 101 : NaN));
  expect(percentileInterval(40, values, 0.9)).toEqual({
    estimate: 40,
    low: expect.closeTo(5, 12),
    high: expect.closeTo(95, 12),
    undefinedDraws: 1
  });
  expect(percentileInterval(NaN, Float64Array.of(NaN), 0.9)).toEqual({
    estimate: NaN,
    low: NaN,
    high: NaN,
    undefinedDraws: 1
  });
});

test("refuses levels outside 0…1", () => {
  for (const level of [0, 1, 95, NaN])
    expect(() => percentileInterval(0, Float64Array.of(0), level)).toThrow(
      `level is ${level}; it must lie between 0 and 1`
    );
});
