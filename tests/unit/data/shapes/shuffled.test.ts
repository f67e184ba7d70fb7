import {expect, test} from "vitest";
import {cellCount, cellsPerSheet} from "../../../../src/data/shapes/cells.js";
import {sampleCount, shuffledCells} from "../../../../src/data/shapes/shuffled.js";

test("holds every cell once, and is the same for the same seed", () => {
  const order = shuffledCells();
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({length: cellCount}, (_, i) => i));
  expect(shuffledCells()).toEqual(order);
  expect(shuffledCells(cellCount, 2)).not.toEqual(order);
});

test("begins with cells of the whole set; then a screen of any 200 takes at most three sheets", () => {
  const sheetsOf = (cells: Uint32Array) => new Set(Array.from(cells, (cell) => Math.floor(cell / cellsPerSheet))).size;
  const order = shuffledCells();
  const all = Math.ceil(cellCount / cellsPerSheet);
  expect(sheetsOf(order.subarray(0, sampleCount))).toBeGreaterThan(0.95 * all);
  for (let from = sampleCount; from < cellCount; from += 200) {
    expect(sheetsOf(order.subarray(from, from + 200))).toBeLessThanOrEqual(3);
  }
});

test("a set smaller than the sample is shuffled too", () => {
  expect([...shuffledCells(5)].sort()).toEqual([0, 1, 2, 3, 4]);
});
