import {expect, test} from "vitest";
import {complementaryError} from "../../../../src/components/metrics/index.js";
import {fixture} from "./fixture.js";

test.each(fixture.complementaryError)("agrees with scipy at $x", ({x, value}) => {
  expect(Math.abs(complementaryError(x) / value - 1)).toBeLessThan(1e-12);
});

test("ends at 0, passes NaN on, refuses negative numbers", () => {
  expect(complementaryError(Infinity)).toBe(0);
  expect(complementaryError(NaN)).toBeNaN();
  expect(() => complementaryError(-1)).toThrow(new RangeError("x is -1; it must not be negative"));
});
