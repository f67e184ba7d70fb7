import fc from "fast-check";
import {expect, test} from "vitest";
import {
  cellsInside,
  formatRegion,
  isInside,
  noRegion,
  parseRegion,
  polygonOf
} from "../../../../src/components/explorer/region.js";

const circle = {kind: "circle", x: 0.1, y: -0.2, radius: 0.3} as const;
/** An L: the square [0, 1]² without its right upper quarter. */
const corner = {kind: "polygon", corners: [0, 0, 1, 0, 1, 0.5, 0.5, 0.5, 0.5, 1, 0, 1]} as const;

test("a circle and a polygon hold what lies inside them", () => {
  expect(isInside(circle, 0.1, 0.05)).toBe(true);
  expect(isInside(circle, 0.1, 0.15)).toBe(false);
  expect(isInside(corner, 0.25, 0.75)).toBe(true);
  expect(isInside(corner, 0.75, 0.25)).toBe(true);
  expect(isInside(corner, 0.75, 0.75)).toBe(false);
  expect(isInside(noRegion, 0, 0)).toBe(false);
});

test("a polygon of a circle's outline holds what the circle holds, away from the line", () => {
  const corners = Array.from({length: 64}, (_, i) => [
    Math.cos((i / 32) * Math.PI),
    Math.sin((i / 32) * Math.PI)
  ]).flat();
  const coordinate = fc.double({min: -1.5, max: 1.5, noNaN: true});
  fc.assert(
    fc.property(coordinate, coordinate, (x, y) => {
      fc.pre(Math.abs(Math.hypot(x, y) - 1) > 0.01);
      expect(isInside({kind: "polygon", corners}, x, y)).toBe(Math.hypot(x, y) < 1);
    })
  );
});

test("the address keeps a region, and nonsense is none", () => {
  expect(formatRegion(circle)).toBe("0.1,-0.2,0.3");
  expect(parseRegion("0.1,-0.2,0.3")).toEqual(circle);
  expect(parseRegion(formatRegion(corner))).toEqual(corner);
  expect(parseRegion("")).toBe(noRegion);
  for (const text of ["1,2", "1,2,0", "1,2,-1", "a,b,c", "1,,2", "1,2,3,4,5,6,7", "11,0,1"]) {
    expect(parseRegion(text)).toBeUndefined();
  }
});

test("a drawn line is thinned to at most 80 corners; one too short is no region", () => {
  const line = Array.from({length: 1000}, (_, i) => [Math.cos(i / 159), Math.sin(i / 159)]).flat();
  const region = polygonOf(line);
  expect(region.kind === "polygon" && region.corners.length / 2).toBeLessThanOrEqual(80);
  expect(isInside(region, 0, 0)).toBe(true);
  expect(polygonOf([0, 0, 1, 1])).toBe(noRegion);
});

test("cells that are not on the map lie in no region", () => {
  const places = {x: Float64Array.of(0.1, NaN, 0.9), y: Float64Array.of(-0.2, NaN, 0.9)};
  expect([...cellsInside(circle, places)]).toEqual([1, 0, 0]);
});
