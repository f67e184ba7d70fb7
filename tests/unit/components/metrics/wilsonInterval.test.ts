import {expect, test} from "vitest";
import {wilsonInterval} from "../../../../src/components/metrics/index.js";
import {expectClose, fixture} from "./fixture.js";

test.each(fixture.wilson)("agrees with scipy: $successes of $trials", ({successes, trials, low, high}) => {
  const interval = wilsonInterval(successes, trials);
  expect(interval.estimate).toBe(successes / trials);
  expectClose(interval.low, low);
  expectClose(interval.high, high);
});

test("the naive bar at .959 of 27,558 cells is ± .24 points", () => {
  const {low, high} = wilsonInterval(26428, 27558);
  expect(((high - low) / 2) * 100).toBeCloseTo(0.234, 3);
});

test("NaN for no trials; refuses impossible counts and z", () => {
  expect(wilsonInterval(0, 0)).toEqual({estimate: NaN, low: NaN, high: NaN});
  expect(() => wilsonInterval(3, 2)).toThrow(new RangeError("trials is 2; it must be a whole number of at least 3"));
  expect(() => wilsonInterval(-1, 2)).toThrow("successes is -1");
  expect(() => wilsonInterval(1, 2, {z: 0})).toThrow("z is 0; it must be finite and above 0");
});
