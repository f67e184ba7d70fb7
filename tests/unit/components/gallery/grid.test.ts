import fc from "fast-check";
import {expect, test} from "vitest";
import {
  fitProportions,
  indexAt,
  layGrid,
  moveBy,
  scrollFor,
  squareAt,
  visibleRange
} from "../../../../src/components/gallery/grid.js";
import type {Grid} from "../../../../src/components/gallery/grid.js";

const grids = fc
  .tuple(fc.integer({min: 1, max: 30_000}), fc.integer({min: 1, max: 2000}), fc.integer({min: 24, max: 200}))
  .map(([count, width, least]) => layGrid(count, width, least));
const places = grids.chain((grid) => fc.tuple(fc.constant(grid), fc.integer({min: 0, max: grid.count - 1})));

test("squares fill the width, and never fall below the least size", () => {
  expect(layGrid(100, 620, 58)).toEqual({count: 100, columns: 10, rows: 10, pitch: 62, height: 620});
  expect(layGrid(3, 10, 58)).toEqual({count: 3, columns: 1, rows: 3, pitch: 58, height: 174});
  expect(layGrid(0, 620, 58)).toMatchObject({rows: 0, height: 0});
});

test("the middle of a square leads back to it", () => {
  fc.assert(
    fc.property(places, ([grid, index]) => {
      const {x, y} = squareAt(grid, index);
      expect(indexAt(grid, x + grid.pitch / 2, y + grid.pitch / 2)).toBe(index);
    })
  );
});

test("beside and below the grid there is no square", () => {
  const grid = layGrid(11, 500, 50);
  expect([indexAt(grid, 505, 10), indexAt(grid, -1, 10), indexAt(grid, 60, 60), indexAt(grid, 10, -5)]).toEqual([
    null,
    null,
    null,
    null
  ]);
});

test("exactly the squares that touch the window are visible", () => {
  fc.assert(
    fc.property(places, fc.integer({min: 1, max: 1500}), ([grid, index], viewHeight) => {
      const top = squareAt(grid, index).y;
      const {start, end} = visibleRange(grid, top, viewHeight);
      expect(start).toBeLessThanOrEqual(index);
      expect(index).toBeLessThan(end);
      expect(squareAt(grid, start).y + grid.pitch).toBeGreaterThan(top);
      expect(squareAt(grid, end - 1).y).toBeLessThan(top + viewHeight);
      if (end < grid.count) expect(squareAt(grid, end).y).toBeGreaterThanOrEqual(top + viewHeight);
    })
  );
});

test("scrolling brings a square wholly into view, and moves nothing that is in view", () => {
  fc.assert(
    fc.property(places, fc.nat(100_000), ([grid, index], top) => {
      const viewHeight = 3 * grid.pitch;
      const next = scrollFor(grid, index, top, viewHeight);
      const {y} = squareAt(grid, index);
      expect(y).toBeGreaterThanOrEqual(next);
      expect(y + grid.pitch).toBeLessThanOrEqual(next + viewHeight);
      expect(scrollFor(grid, index, next, viewHeight)).toBe(next);
    })
  );
});

const grid: Grid = layGrid(23, 250, 50); // five columns, the last row has three
const options = {viewHeight: 100};

test.each([
  ["ArrowRight", 4, 5],
  ["ArrowLeft", 5, 4],
  ["ArrowLeft", 0, 0],
  ["ArrowRight", 22, 22],
  ["ArrowDown", 3, 8],
  ["ArrowDown", 18, 22],
  ["ArrowDown", 21, 21],
  ["ArrowUp", 8, 3],
  ["ArrowUp", 3, 3],
  ["Home", 8, 5],
  ["End", 6, 9],
  ["End", 21, 22],
  ["PageDown", 1, 11],
  ["PageDown", 20, 22],
  ["PageUp", 12, 2],
  ["PageUp", 7, 2]
])("%s leads from %i to %i", (key, from, to) => {
  expect(moveBy(grid, from, key, options)).toBe(to);
});

test("with Ctrl, Home and End lead to the ends of the grid", () => {
  expect(moveBy(grid, 12, "Home", {...options, toEnds: true})).toBe(0);
  expect(moveBy(grid, 12, "End", {...options, toEnds: true})).toBe(22);
});

test("other keys move nothing, and in an empty grid no key does", () => {
  expect(["a", "Tab", "toString", "Escape"].map((key) => moveBy(grid, 3, key, options))).toEqual([
    null,
    null,
    null,
    null
  ]);
  expect(moveBy(layGrid(0, 250, 50), 0, "ArrowDown", options)).toBeNull();
});

test("no key leaves the grid", () => {
  const keys = fc.constantFrom("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown");
  fc.assert(
    fc.property(
      places,
      keys,
      fc.integer({min: 1, max: 2000}),
      fc.boolean(),
      ([grid, index], key, viewHeight, toEnds) => {
        const target = moveBy(grid, index, key, {viewHeight, toEnds})!;
        expect(target).toBeGreaterThanOrEqual(0);
        expect(target).toBeLessThan(grid.count);
      }
    )
  );
});

test("a cell's rectangle has the cell's proportions, touches two sides and lies in the middle", () => {
  fc.assert(
    fc.property(fc.integer({min: 1, max: 400}), fc.integer({min: 1, max: 400}), (width, height) => {
      const fit = fitProportions(width, height, 50);
      expect(fit.width / fit.height).toBeCloseTo(width / height, 9);
      expect(Math.max(fit.width, fit.height)).toBeCloseTo(50, 9);
      expect(2 * fit.x + fit.width).toBeCloseTo(50, 9);
      expect(2 * fit.y + fit.height).toBeCloseTo(50, 9);
    })
  );
});

test("an unknown size keeps the square", () => {
  expect(fitProportions(0, 0, 50)).toEqual({x: 0, y: 0, width: 50, height: 50});
  expect(fitProportions(0, 120, 50)).toEqual({x: 0, y: 0, width: 50, height: 50});
});
