import {expect, test} from "vitest";
import {
  DIRECTIONS,
  areaOf,
  cornersOf,
  extentOf,
  forEachWithin,
  moved,
  reachTowards
} from "../../../../src/components/finder/star.js";

const circle = {x: 20, y: 30, radii: new Float32Array(DIRECTIONS).fill(10)};

test("corners go round from the right downwards", () => {
  const corners = cornersOf(circle);
  expect([...corners.slice(0, 2)]).toEqual([30, 30]);
  expect(corners[2 * 8]).toBeCloseTo(20, 5);
  expect(corners[2 * 8 + 1]).toBeCloseTo(40, 5);
});

test("a polygon of 32 corners has the area of one, and its extent", () => {
  expect(areaOf(cornersOf(circle))).toBeCloseTo((32 / 2) * 100 * Math.sin((2 * Math.PI) / 32), 2);
  expect(areaOf(Float32Array.of(0, 0, 4, 0, 4, 3, 0, 3))).toBe(12);
  const {left, top, right, bottom} = extentOf(cornersOf(circle));
  expect([left, top, right, bottom].map(Math.round)).toEqual([10, 20, 30, 40]);
});

test("between two directions the reach changes evenly", () => {
  const radii = new Float32Array(DIRECTIONS).fill(10);
  radii[1] = 12;
  const angle = Math.PI / DIRECTIONS;
  expect(reachTowards({...circle, radii}, Math.cos(angle), Math.sin(angle))).toBeCloseTo(11, 5);
  expect(reachTowards({...circle, radii}, 0, -1)).toBe(10);
});

test("visits the pixels inside, and none beyond the bounds", () => {
  let count = 0;
  forEachWithin(circle, {left: 0, top: 0, right: 40, bottom: 60}, () => count++);
  expect(count).toBeGreaterThan(305);
  expect(count).toBeLessThan(325);
  const columns = new Set<number>();
  forEachWithin(circle, {left: 15, top: 0, right: 18, bottom: 60}, (column) => columns.add(column));
  expect([...columns].sort()).toEqual([15, 16, 17]);
});

test("an outline is scaled about the picture's corner, then moved", () => {
  expect(moved(circle, {scale: 2, across: 1, down: -5})).toEqual({x: 41, y: 55, radii: circle.radii.map((r) => 2 * r)});
});
