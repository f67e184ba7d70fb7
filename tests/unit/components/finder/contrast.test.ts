import {expect, test} from "vitest";
import {densitiesOf, standingOut} from "../../../../src/components/finder/contrast.js";
import type {FoundCell} from "../../../../src/components/finder/find-cells.js";
import {DIRECTIONS, cornersOf} from "../../../../src/components/finder/star.js";
import {shade} from "./support.js";

const picture = shade(300, [
  {x: 60, y: 60, radius: 25},
  {x: 180, y: 60, radius: 25, pale: 12},
  {x: 60, y: 180, radius: 25},
  {x: 111, y: 180, radius: 25}
]);

const found = (x: number, y: number): FoundCell => ({
  ...({kind: "red", x, y, width: 50, height: 50, certainty: 0.9} as const),
  outline: cornersOf({x, y, radii: new Float32Array(DIRECTIONS).fill(25)})
});

test("a cell is denser than the ground, by what its stain takes", () => {
  // Shading changes ground and cell alike: −ln(121 / 229) of the green light.
  const {own, around} = densitiesOf(picture, found(60, 60));
  expect(own - around).toBeCloseTo(Math.log(229 / 121), 1);
});

test("neither a pale middle nor a neighbour hides a cell, and shaded ground is none", () => {
  const cells = [found(60, 60), found(180, 60), found(60, 180), found(111, 180)];
  expect(standingOut(picture, [...cells, found(230, 240), found(20, 270)])).toEqual(cells);
});

test("what is much fainter than the field's other things is left out, and a faint field is not", () => {
  const faint = {...picture, data: picture.data.map((value) => 200 + value / 8)};
  const cells = [found(60, 60), found(180, 60)];
  expect(standingOut(faint, cells)).toEqual(cells);
  const mixed = {...picture, data: picture.data.map((value, at) => (at % 900 > 450 ? 200 + value / 8 : value))};
  expect(standingOut(mixed, [found(60, 60), found(60, 180), found(180, 60)])).toHaveLength(2);
});

test("a cell with neighbours all around it stays", () => {
  const around = Array.from({length: 6}, (_, n) => ({
    x: 150 + 50 * Math.cos((n * Math.PI) / 3),
    y: 150 + 50 * Math.sin((n * Math.PI) / 3),
    radius: 29
  }));
  const crowd = shade(300, [{x: 150, y: 150, radius: 25}, ...around]);
  const cells = [found(150, 150), ...around.map(({x, y}) => found(x, y))];
  expect(standingOut(crowd, cells)).toEqual(cells);
});

test("nothing stays nothing", () => {
  expect(standingOut(picture, [])).toEqual([]);
});
