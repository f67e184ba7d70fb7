import {expect, test, vi} from "vitest";
import type {FoundCell} from "../../../../src/components/finder/find-cells.js";
import {isWholeField} from "../../../../src/components/finder/whole-field.js";
import type {Mask} from "../../../../src/components/image/mask.js";
import type {RgbPicture} from "../../../../src/components/image/resize.js";
import {disc, drawnField, painted} from "../smear/drawn.js";

/** A mask of half the picture's size, true within a circle of the picture. */
function circleMask(width: number, height: number, x: number, y: number, radius: number): Mask {
  const mask: Mask = {data: new Uint8Array((width / 2) * (height / 2)), width: width / 2, height: height / 2};
  mask.data.forEach((_, at) => {
    const [u, v] = [(at % mask.width) * 2, Math.floor(at / mask.width) * 2];
    mask.data[at] = Number(Math.hypot(u - x, v - y) < radius);
  });
  return mask;
}

const finding = (...cells: FoundCell[]) =>
  vi.fn(async ({width, height}: RgbPicture) => ({width, height, diameter: 60, cells}));

test("three red cells beside the one that was cut out make a field, two do not, nor what lies within it", async () => {
  const {picture} = drawnField();
  const mask = circleMask(600, 400, 300, 200, 100);
  const around = [disc(60, 60, 60), disc(540, 60, 60), disc(540, 340, 60)];
  expect(await isWholeField(picture, mask, finding(...around))).toBe(true);
  expect(await isWholeField(picture, mask, finding(...around.slice(1), disc(300, 200, 60), disc(290, 180, 60)))).toBe(
    false
  );
});

test.each(["white", "platelet", "clump", "cut"] as const)(
  "what is %s does not count, nor what is too large",
  async (kind) => {
    const {picture} = drawnField();
    const mask = circleMask(600, 400, 300, 200, 100);
    const cells = [disc(60, 60, 60), disc(540, 60, 60)];
    expect(await isWholeField(picture, mask, finding(...cells, {...disc(540, 340, 60), kind}))).toBe(false);
    expect(await isWholeField(picture, mask, finding(...cells, disc(540, 340, 150)))).toBe(false);
  }
);

test("a round view with cells in it is a field, its dark surround left out; a round cell on black is not", async () => {
  const view = painted(640, 480, (x, y) => (Math.hypot(x - 320, y - 240) < 200 ? 220 : 10));
  const before = view.data.slice();
  const cells = [disc(320, 240, 40), disc(250, 240, 40), disc(400, 240, 40)];
  const find = finding(...cells);
  expect(await isWholeField(view, null, find)).toBe(true);
  expect((find.mock.calls[0]![0] as typeof view).data[0]).toBe(220);
  expect(view.data).toEqual(before);
  expect(await isWholeField(view, null, finding(disc(320, 240, 380)))).toBe(false);
  expect(await isWholeField(view, null, finding(...cells.slice(1), disc(320, 45, 40)))).toBe(false);
});

test("without a mask and a round view nothing is looked for", async () => {
  const find = finding();
  expect(await isWholeField(drawnField().picture, null, find)).toBe(false);
  expect(find).not.toHaveBeenCalled();
});
