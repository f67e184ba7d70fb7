import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {groundFigures, onBrightGround} from "../../../../models/gate/bright-ground.js";
import type {GroundFigures} from "../../../../models/gate/bright-ground.js";
import {area} from "../../../../src/components/image/mask.js";
import {painted} from "../../components/smear/drawn.js";

const cell = painted(40, 40, (x, y) => (Math.hypot(x - 20, y - 20) < 18 ? 150 : 0));

test("a cell keeps its pixels, and what was black becomes a bright ground", () => {
  const {picture, mask} = onBrightGround(cell, 3);
  expect([picture.width, picture.height]).toEqual([53, 53]);
  expect(area(mask)).toBe(cell.data.filter((value, at) => at % 3 === 0 && value > 0).length);
  for (const [pixel, isCell] of mask.data.entries()) {
    const green = picture.data[pixel * 3 + 1]!;
    if (isCell) expect(green).toBe(150);
    else expect(green).toBeGreaterThan(195);
  }
  expect(onBrightGround(cell, 3)).toEqual(onBrightGround(cell, 3));
});

test("probabilities on a ground are held against those on black", async () => {
  const cells = [40, 44, 48, 52].map((width) => painted(width, 40, () => 150));
  // By width: a cell of 40 pixels is 53 wide on its ground.
  const on = new Map<number, number | null>([
    [40, 0.9],
    [53, 0.93],
    [44, 0.9],
    [59, 0.8],
    [48, 0.6],
    [64, 0.3],
    [52, null],
    [69, 0.5]
  ]);
  const judge = async ({width}: {width: number}) => on.get(width)!;
  const figures = await groundFigures(cells, {judge, threshold: 0.5});
  // The last is refused on black, and left out.
  expect(figures).toEqual({pictures: 3, refused: 0, same: 1, calledAlike: 2});
  on.set(53, null);
  const refused = {pictures: 3, refused: 1, same: 0, calledAlike: 1};
  expect(await groundFigures(cells, {judge, threshold: 0.5})).toEqual(refused);
});

test("measured so, held-out cells hardly change", () => {
  for (const model of ["resnet34", "student"]) {
    const {grounds} = JSON.parse(readFileSync(`models/${model}/gate-measured.json`, "utf8")) as {
      grounds: GroundFigures;
    };
    expect(grounds.pictures).toBeGreaterThan(500);
    expect(grounds.same / grounds.pictures, model).toBeGreaterThanOrEqual(0.95);
    expect(grounds.refused / grounds.pictures, model).toBeLessThanOrEqual(0.01);
  }
});
