import {describe, expect, test, vi} from "vitest";
import {prepareAllFound, prepareFound, preparePicture} from "../../../../src/components/classifier/prepare-picture.js";
import type {Preparation} from "../../../../src/components/classifier/prepare-picture.js";
import type {FoundCell} from "../../../../src/components/finder/find-cells.js";
import {prepareAsIs} from "../../../../src/components/gate/as-is.js";
import type {AskedFinder} from "../../../../src/components/gate/prepare-cell.js";
import type {RgbPicture} from "../../../../src/components/image/resize.js";
import {cellSide, cellValues} from "../../../../src/data/shapes/cells.js";
import {disc, loneDisc} from "../smear/drawn.js";

/** A pink disc of so many pixels across on black. */
function onBlack(diameter: number): Uint8ClampedArray {
  const cell = new Uint8ClampedArray(cellValues);
  for (let y = 0; y < cellSide; y++) {
    for (let x = 0; x < cellSide; x++) {
      if (Math.hypot(x - 24.5, y - 24.5) < diameter / 2) cell.set([200, 130, 150], (y * cellSide + x) * 3);
    }
  }
  return cell;
}

test("a found cell is left as it is, whatever ground it leaves, and counts as cut out of its own", () => {
  for (const diameter of [50, 30]) {
    const cell = onBlack(diameter);
    const found = prepareFound(cell, {width: 91, height: 88}, null);
    expect(found).toMatchObject({cut: true, missing: null, width: 91, height: 88});
    expect(found.cell).toEqual(cell);
    const alone = prepareAsIs({data: cell, width: cellSide, height: cellSide, channels: 3});
    expect(found.descriptors).toEqual(alone.descriptors);
    expect(found.descriptors!.area).toBeCloseTo((Math.PI / 4) * (diameter / cellSide) ** 2, 1);
  }
});

test("of a field the red cells alone are cut, and all carry the dyes of the typical one", () => {
  const cells = [
    disc(60, 60, 60),
    {...disc(160, 60, 90), kind: "white" as const},
    disc(260, 60, 60),
    disc(360, 60, 60)
  ];
  const shades = new Map([
    [60, 100],
    [260, 180],
    [360, 200]
  ]);
  const {pictures, typical} = prepareAllFound(cells, ({x}) => new Uint8ClampedArray(cellValues).fill(shades.get(x)!));
  const density = expect.closeTo(-Math.log(181 / 256), 6);
  expect(typical).toEqual([density, density, density]);
  expect(pictures.map((one) => one && [one.cell[0], one.typical])).toEqual([
    [100, typical],
    null,
    [180, typical],
    [200, typical]
  ]);
  expect(prepareAllFound([cells[1]!], () => new Uint8ClampedArray())).toEqual({pictures: [null], typical: null});
});

/** A dark disc of so many pixels across on a bright square ground. */
function onGround(side: number, diameter: number) {
  const data = new Uint8ClampedArray(side * side * 3).fill(230);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if (Math.hypot(x + 0.5 - side / 2, y + 0.5 - side / 2) < diameter / 2)
        data.set([200, 130, 150], (y * side + x) * 3);
    }
  }
  return {data, width: side, height: side, kind: "PNG" as const, notes: []};
}

describe("the finder", () => {
  const finder = {base: "/models/finder/", sha256: null};
  const around = [disc(60, 60, 60), disc(340, 60, 60), disc(340, 340, 60)];
  const asked = (cells: FoundCell[]) => ({
    find: vi.fn(async ({width, height}: RgbPicture) => ({width, height, diameter: 60, cells})),
    findSingle: vi.fn(async ({width, height}: RgbPicture) => loneDisc(width, height, width / 3))
  });
  const prepare = (side: number, preparation: Preparation, finds: AskedFinder | Error) =>
    preparePicture(new Blob(), preparation, undefined, {
      decode: async () => onGround(side, side / 3),
      openFinder: async () => {
        if (finds instanceof Error) throw finds;
        return finds;
      }
    });

  test("tells a whole field from a cell, and none is cut out of it", async () => {
    const finds = asked(around);
    const picture = await prepare(400, {finder}, finds);
    expect(picture).toMatchObject({missing: "several", cut: false, width: 400});
    expect(picture).not.toHaveProperty("mask");
    expect(finds.find.mock.calls[0]![0].width).toBe(400);
  });

  test("leaves a cell that it finds no others beside", async () => {
    const picture = await prepare(400, {finder}, asked(around.slice(1)));
    expect(picture).toMatchObject({missing: null, cut: true, notes: []});
    expect(picture).not.toHaveProperty("mask");
  });

  test("looks for no field where cells are that small, or an answer is wanted all the same", async () => {
    for (const [side, preparation] of [
      [190, {finder}],
      [400, {finder, anyway: true}]
    ] as const) {
      const finds = asked(around);
      expect(await prepare(side, preparation, finds)).toMatchObject({missing: null});
      expect([finds.find.mock.calls.length, finds.findSingle.mock.calls.length]).toEqual([0, 1]);
    }
  });

  test("is not asked where the picture shall stay as it is, or lies on black", async () => {
    expect(await prepare(400, {finder, asIs: true}, new Error("asked"))).toMatchObject({missing: null, notes: []});
    const decode = async () => ({
      data: onBlack(50),
      width: cellSide,
      height: cellSide,
      kind: "PNG" as const,
      notes: []
    });
    const openFinder = vi.fn();
    await preparePicture(new Blob(), {finder}, undefined, {decode, openFinder});
    expect(openFinder).not.toHaveBeenCalled();
  });

  test("that could not be had is said, or that there is none", async () => {
    const failed = await prepare(400, {finder}, new Error("It could not be downloaded."));
    expect(failed).toMatchObject({
      missing: "no-finder",
      notes: ["The finder could not look at this picture: It could not be downloaded."]
    });
    expect(await prepare(400, {}, new Error("asked"))).toMatchObject({missing: "no-finder", notes: []});
  });
});
