import {expect, test} from "vitest";
import {smoothingFloor} from "../../../../src/components/charts/smoothing-floor.js";

test("no smoothing allows loss 0, even labels allow ln 2", () => {
  expect(smoothingFloor(0)).toBe(0);
  expect(smoothingFloor(1)).toBeCloseTo(Math.LN2, 12);
});

test("no answer has a smaller cross-entropy with the smoothed label", () => {
  const smoothing = 0.05;
  const loss = (p: number) => -(1 - smoothing / 2) * Math.log(p) - (smoothing / 2) * Math.log(1 - p);
  const losses = Array.from({length: 9999}, (_, i) => loss((i + 1) / 10_000));
  expect(Math.min(...losses)).toBeCloseTo(smoothingFloor(smoothing), 9);
});
