import {expect, test} from "vitest";
import {outlineAround} from "../../../../src/components/smear/pointed-cell.js";
import {disc, drawnField, painted} from "./drawn.js";

test("a click beside the middle of a cell gives the cell's own outline", () => {
  const {picture, field} = drawnField({diameter: 60, spacing: 100});
  const cell = field.cells[7]!;
  for (const [dx, dy] of [
    [0, 0],
    [18, -12],
    [-20, 15]
  ] as const) {
    const {x, y, width, height, outline} = outlineAround(picture, disc(cell.x + dx, cell.y + dy, 60), 60);
    expect(Math.hypot(x - cell.x, y - cell.y)).toBeLessThan(1.5);
    for (const side of [width, height]) expect(Math.abs(side - 60)).toBeLessThan(4);
    const radii = Array.from({length: outline.length / 2}, (_, n) =>
      Math.hypot(outline[2 * n]! - cell.x, outline[2 * n + 1]! - cell.y)
    );
    expect(Math.min(...radii)).toBeGreaterThan(27);
    expect(Math.max(...radii)).toBeLessThan(33);
  }
});

test("where nothing of a cell's size stands out, the circle that was given stays", () => {
  const given = disc(100, 100, 60);
  expect(
    outlineAround(
      painted(200, 200, () => 220),
      given,
      60
    )
  ).toBe(given);
  const speck = painted(200, 200, (x, y) => (Math.hypot(x - 100, y - 100) < 6 ? 90 : 220));
  expect(outlineAround(speck, given, 60)).toBe(given);
  const sheet = painted(200, 200, (x) => (x < 130 ? 120 : 220));
  expect(outlineAround(sheet, given, 60)).toBe(given);
});

test("at the picture's edge, and in a field without a diameter, there is an outline too", () => {
  const given = disc(3, 3, 40);
  expect(
    outlineAround(
      painted(60, 60, () => 220),
      given,
      NaN
    )
  ).toBe(given);
  const {picture, field} = drawnField({diameter: 60, spacing: 100});
  const {x, y} = field.cells[0]!;
  expect(outlineAround(picture, disc(x + 5, y, 60), NaN).x).toBeCloseTo(x, 0);
});
