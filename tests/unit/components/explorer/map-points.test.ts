import {expect, test} from "vitest";
import {drawPoints, keepInside, placeAt, projectionOf} from "../../../../src/components/explorer/map-points.js";

const places = {x: Float64Array.of(-1, 0, 0.5, NaN), y: Float64Array.of(-1, 0, 0.5, NaN)};
const options = {
  side: 104,
  projection: projectionOf({x: 0, y: 0, zoom: 1}, 104),
  colours: [1, 2],
  faint: 3,
  group: Uint8Array.of(0, 0, 1, 1),
  label: Uint8Array.of(0, 0, 1, 1),
  size: 1,
  limit: 10
};

test("cells lie where the projection says, upwards, in their colours; failing ones are faint", () => {
  const pixels = new Uint32Array(104 * 104);
  const near = drawPoints(pixels, places, {...options, passes: (cell) => cell !== 0});
  const at = (x: number, y: number) => pixels[y * 104 + x];
  expect([at(2, 102), at(52, 52), at(77, 27)]).toEqual([3, 1, 2]);
  expect(pixels.filter((pixel) => pixel !== 0)).toHaveLength(3);
  expect(near).toEqual([1, 2]);
  expect(drawPoints(pixels, places, {...options, passes: () => true, limit: 2})).toBeNull();
});

test("large points are whole for parasitized cells and hollow for uninfected ones", () => {
  const pixels = new Uint32Array(104 * 104);
  drawPoints(pixels, places, {...options, size: 4, passes: () => true});
  const count = (colour: number) => pixels.filter((pixel) => pixel === colour).length;
  // The point at the corner does not fit in.
  expect([count(1), count(2)]).toEqual([16, 12]);
});

test("a pixel leads back to its place, and a view stays on the map", () => {
  const projection = projectionOf({x: 0.3, y: -0.2, zoom: 4}, 640);
  const {scale, left, top} = projection;
  const {x, y} = placeAt(projection, 0.35 * scale + left, top + 0.1 * scale);
  expect([x, y]).toEqual([expect.closeTo(0.35, 9), expect.closeTo(-0.1, 9)]);
  expect(keepInside({x: 5, y: -5, zoom: 2})).toEqual({x: 0.5, y: -0.5, zoom: 2});
  expect(keepInside({x: 5, y: 0, zoom: 0.1})).toEqual({x: 0, y: 0, zoom: 1});
});
