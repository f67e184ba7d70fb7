import {expect, test} from "vitest";
import {cutFound, fillPolygon, groundOfField} from "../../../../src/components/finder/cut-found.js";
import type {FoundCell} from "../../../../src/components/finder/find-cells.js";
import {DIRECTIONS, cornersOf} from "../../../../src/components/finder/star.js";
import {area} from "../../../../src/components/image/mask.js";
import {shade} from "./support.js";

const SIDE = 400;
/** A field of discs of 60 pixels across on a ground that the lamp shades; one has a pale middle, and one a neighbour. */
const picture = shade(SIDE, [
  {x: 100, y: 100, radius: 30},
  {x: 250, y: 120, radius: 30, pale: 12},
  {x: 120, y: 280, radius: 30},
  {x: 178, y: 280, radius: 30}
]);

function found(x: number, y: number, radius: number): FoundCell {
  const outline = cornersOf({x, y, radii: new Float32Array(DIRECTIONS).fill(radius)});
  return {kind: "red", x, y, width: 2 * radius, height: 2 * radius, certainty: 0.9, outline};
}

/** The share of a 50×50 cell that is not black. */
const shareOf = (cell: Uint8ClampedArray) => cell.filter((value, at) => at % 3 === 1 && value > 0).length / 2500;

test("a cell is laid on black to its own edge, though the outline is a little wide or narrow", () => {
  const field = groundOfField(picture);
  for (const radius of [28.5, 30, 31]) {
    const cell = cutFound(picture, found(100, 100, radius), field);
    expect(shareOf(cell), `${radius}`).toBeGreaterThan(0.7);
    expect(shareOf(cell), `${radius}`).toBeLessThan(0.85);
    const green = cell.filter((value, at) => at % 3 === 1 && value > 0).sort();
    // The ground is at least 200 there, the cell about 110.
    expect(green[Math.floor(0.9 * green.length)]).toBeLessThan(150);
  }
});

test("a pale middle belongs to the cell", () => {
  const cell = cutFound(picture, found(250, 120, 30), groundOfField(picture));
  expect(cell[(25 * 50 + 25) * 3 + 1]).toBeGreaterThan(150);
  expect(shareOf(cell)).toBeGreaterThan(0.7);
});

test("a neighbour stays outside", () => {
  const cell = cutFound(picture, found(120, 280, 30), groundOfField(picture));
  expect(shareOf(cell)).toBeGreaterThan(0.68);
  expect(shareOf(cell)).toBeLessThan(0.87);
});

test("what hangs on a cell belongs to it, unless it is as large as a neighbour", () => {
  const widths = [10, 30].map((radius) => {
    const hung = shade(SIDE, [
      {x: 200, y: 200, radius: 30},
      {x: 226 + 0.8 * radius, y: 200, radius}
    ]);
    const cell = cutFound(hung, found(200, 200, 30), groundOfField(hung));
    const rows = Array.from({length: 50}, (_, x) => Array.from({length: 50}, (_, y) => cell[(y * 50 + x) * 3 + 1]!));
    // A disc alone fills half of the outermost fifth; a bud there, only its middle.
    return (
      rows
        .slice(40)
        .flat()
        .filter((value) => value > 0).length / 500
    );
  });
  expect(widths[0]).toBeLessThan(0.4);
  expect(widths[1]).toBeGreaterThan(0.4);
});

test("where there is only ground the outline itself is taken", () => {
  expect(shareOf(cutFound(picture, found(330, 330, 30), groundOfField(picture)))).toBeGreaterThan(0.7);
});

test("a cell at the picture's corner is cut out of what there is of it", () => {
  const cell = cutFound(
    picture,
    {...found(10, 10, 20), outline: cornersOf({x: 10, y: 10, radii: new Float32Array(DIRECTIONS).fill(20)})},
    groundOfField(picture)
  );
  expect(cell).toHaveLength(7500);
});

test("a polygon holds the pixels whose middles lie in it", () => {
  expect(area(fillPolygon(Float32Array.of(1, 1, 5, 1, 5, 4, 1, 4), 10, 10))).toBe(12);
  expect(area(fillPolygon(Float32Array.of(-5, -5, 20, -5, 20, 20, -5, 20), 10, 10))).toBe(100);
  const circle = fillPolygon(cornersOf({x: 20, y: 20, radii: new Float32Array(DIRECTIONS).fill(10)}), 40, 40);
  expect(area(circle)).toBeGreaterThan(305);
  expect(area(circle)).toBeLessThan(320);
});
