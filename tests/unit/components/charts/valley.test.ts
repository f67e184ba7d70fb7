import {expect, test} from "vitest";
import {valley} from "../../../../src/components/charts/valley.js";

const points = (losses: number[]) => losses.map((loss, i) => ({learningRate: 10 ** (i - 6), loss}));

test("the middle of the second third of the longest falling run", () => {
  // Falls from place 1 to place 9; fastai's valley: start 0, end 9, sections 3, place 0 + 3 + 1.
  const found = valley(points([0.7, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 3]));
  expect(found!.learningRate).toBeCloseTo(10 ** (4 - 6), 12);
});

test("noise inside the fall is stepped over", () => {
  const found = valley(points([1, 0.9, 0.95, 0.8, 0.7, 0.75, 0.6, 0.5, 0.4, 5]))!;
  expect(found.loss).toBeLessThan(1);
  expect(found.loss).toBeGreaterThan(0.4);
});

test("too few points suggest nothing", () => {
  expect(valley([])).toBeNull();
  expect(valley(points([1]))).toBeNull();
});
