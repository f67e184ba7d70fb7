import {expect, test} from "vitest";
import {drawPatients} from "../../../../src/components/metrics/drawPatients.js";

const take = (count: number, draws: number, seed: number) =>
  Array.from(drawPatients({count, draws, seed}), (picked) => Array.from(picked));

test("picks as many patients as there are, each equally often in the long run", () => {
  const drawn = take(20, 5000, 3);
  expect(drawn).toHaveLength(5000);
  for (const picked of drawn) expect(picked.reduce((sum, times) => sum + times)).toBe(20);
  for (let patient = 0; patient < 20; patient++) {
    const mean = drawn.reduce((sum, picked) => sum + picked[patient]!, 0) / 5000;
    expect(Math.abs(mean - 1)).toBeLessThan(0.07); // five standard errors
  }
});

test("the seed decides", () => {
  expect(take(10, 5, 1)).toEqual(take(10, 5, 1));
  expect(take(10, 5, 1)).not.toEqual(take(10, 5, 2));
});

test("refuses no patients and no draws", () => {
  expect(() => take(0, 5, 1)).toThrow("count is 0; it must be a whole number of at least 1");
  expect(() => take(5, 0, 1)).toThrow("draws is 0; it must be a whole number of at least 1");
});
