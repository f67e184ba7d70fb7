import {expect, test} from "vitest";
import {random} from "../../../../src/components/metrics/index.js";
import {fixture} from "./fixture.js";

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
