import {describe, expect, test, vi} from "vitest";
import {prepareFound, preparePicture} from "../../../../src/components/classifier/prepare-picture.js";
import type {Preparation, PreparingParts} from "../../../../src/components/classifier/prepare-picture.js";
import type {ModelSource} from "../../../../src/components/engine/download.js";
import {prepareCell} from "../../../../src/components/gate/prepare-cell.js";
import type {Mask} from "../../../../src/components/image/mask.js";
import type {RgbPicture} from "../../../../src/components/image/resize.js";
import {cellSide, cellValues} from "../../../../src/data/shapes/cells.js";

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
    const found = prepareFound(cell, {width: 91, height: 88});
    expect(found).toMatchObject({cut: true, missing: null, width: 91, height: 88});
    expect(found.cell).toEqual(cell);
    const alone = prepareCell({data: cell, width: cellSide, height: cellSide, channels: 3}, {asIs: true});
    expect(found.descriptors).toEqual(alone.descriptors);
    expect(found.descriptors!.area).toBeCloseTo((Math.PI / 4) * (diameter / cellSide) ** 2, 1);
  }
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

describe("a whole field", () => {
  const finder = {base: "/models/finder/", sha256: null};
  const prepare = (side: number, preparation: Preparation, isField: PreparingParts["isField"]) =>
    preparePicture(new Blob(), preparation, undefined, {
      decode: async () => onGround(side, side / 3),
      isField: isField!
    });

  test("is told from a cell, and none is cut out of it", async () => {
    const isField = vi.fn<Required<PreparingParts>["isField"]>(async () => true);
    const picture = await prepare(400, {finder}, isField);
    expect(picture).toMatchObject({missing: "several", cut: false, width: 400});
    expect(picture).not.toHaveProperty("mask");
    const [{width}, mask, source] = isField.mock.calls[0] as [RgbPicture, Mask, ModelSource];
    expect([width, mask.data[(mask.height / 2) * mask.width + mask.width / 2], source]).toEqual([400, 1, finder]);
  });

  test("is none where the finder says so", async () => {
    expect(await prepare(400, {finder}, async () => false)).toMatchObject({missing: null, cut: true, notes: []});
  });

  test.each([
    ["where cells are that small", 190, {finder}],
    ["where an answer is wanted all the same", 400, {finder, anyway: true}],
    ["where the picture shall stay as it is", 400, {finder, asIs: true}],
    ["without a finder", 400, {}]
  ])("is not looked for %s", async (_, side, preparation) => {
    const isField = vi.fn(async () => true);
    expect(await prepare(side, preparation, isField)).toMatchObject({missing: null});
    expect(isField).not.toHaveBeenCalled();
  });

  test("that could not be looked for is said, and the cell in the middle is answered", async () => {
    const picture = await prepare(400, {finder}, async () => Promise.reject(new Error("It could not be downloaded.")));
    expect(picture).toMatchObject({
      ...{missing: null, cut: true},
      notes: ["Whether this is one cell or a whole field could not be told: It could not be downloaded."]
    });
  });
});
