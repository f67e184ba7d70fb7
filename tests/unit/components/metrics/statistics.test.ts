import {describe, expect, test} from "vitest";
import {complementaryError, quantileSorted, random, rankCorrelation} from "../../../../src/components/metrics/index.js";
import {partitionPoint} from "../../../../src/components/metrics/statistics.js";
import {fixture} from "./fixture.js";

describe("quantileSorted", () => {
  test("interpolates between neighbours", () => {
    const sorted = Float64Array.of(1, 2, 4, 8, 16);
    expect([0, 0.1, 0.25, 0.6, 0.975, 1].map((share) => quantileSorted(sorted, share))).toEqual([
      1, 1.4, 2, 5.6, 15.2, 16
    ]);
    expect(quantileSorted(Float64Array.of(3), 0.4)).toBe(3);
    expect(quantileSorted(Float64Array.of(), 0.4)).toBeNaN();
  });
});

describe("complementaryError", () => {
  test.each(fixture.complementaryError)("agrees with scipy at $x", ({x, value}) => {
    expect(Math.abs(complementaryError(x) / value - 1)).toBeLessThan(1e-12);
  });

  test("ends at 0, passes NaN on, refuses negative numbers", () => {
    expect(complementaryError(Infinity)).toBe(0);
    expect(complementaryError(NaN)).toBeNaN();
    expect(() => complementaryError(-1)).toThrow(new RangeError("x is -1; it must not be negative"));
  });
});

describe("random", () => {
  test.each(fixture.random)("is sfc32 as written in Python: seed $seed", ({seed, integers}) => {
    const next = random(seed);
    expect(integers.map(() => next() * 2 ** 32)).toEqual(integers);
  });

  test("fills [0, 1) evenly", () => {
    const next = random(7);
    const counts = new Uint32Array(10);
    for (let i = 0; i < 100_000; i++) counts[Math.floor(next() * 10)]!++;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(27.9); // P = .001 at 9 degrees of freedom
  });

  test("refuses seeds that are not 32-bit whole numbers", () => {
    for (const seed of [-1, 0.5, 2 ** 32, NaN])
      expect(() => random(seed)).toThrow(new RangeError(`seed is ${seed}; it must be a whole number in 0…4294967295`));
  });
});

describe("partitionPoint", () => {
  test("is where a rule that holds at first stops holding, asked log₂ times", () => {
    for (const length of [0, 1, 2, 7, 1000]) {
      for (const end of [0, 1, length >> 1, length - 1, length].filter((at) => at >= 0 && at <= length)) {
        let asked = 0;
        expect(partitionPoint(length, (position) => (asked++, position < end))).toBe(end);
        expect(asked).toBeLessThanOrEqual(Math.ceil(Math.log2(length + 1)));
      }
    }
  });
});

test("rankCorrelation is Spearman's, with ties", () => {
  expect(rankCorrelation([1, 2, 3], [10, 20, 30])).toBeCloseTo(1);
  expect(rankCorrelation([1, 2, 3], [30, 20, 10])).toBeCloseTo(-1);
  // By hand: the ranks' offsets from 3 are −2, −½, −½, 1, 2 and −1, −2, ½, ½, 2.
  expect(rankCorrelation([1, 2, 2, 4, 5], [3, 1, 4, 4, 9])).toBeCloseTo(7.25 / 9.5, 12);
  expect(rankCorrelation([1, 1], [1, 2])).toBeNaN();
  expect(() => rankCorrelation([1], [1, 2])).toThrow(RangeError);
});
