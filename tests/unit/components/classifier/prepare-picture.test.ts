import {expect, test} from "vitest";
import {prepareFound} from "../../../../src/components/classifier/prepare-picture.js";
import {prepareCell} from "../../../../src/components/gate/prepare-cell.js";
import {cellSide, cellValues} from "../../../../src/data/shapes/cells.js";

/** A pink disc of so many pixels across on black. */
function disc(diameter: number): Uint8ClampedArray {
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
    const cell = disc(diameter);
    const found = prepareFound(cell, {width: 91, height: 88});
    expect(found).toMatchObject({cut: true, missing: null, width: 91, height: 88});
    expect(found.cell).toEqual(cell);
    const alone = prepareCell({data: cell, width: cellSide, height: cellSide, channels: 3}, {asIs: true});
    expect(found.descriptors).toEqual(alone.descriptors);
    expect(found.descriptors!.area).toBeCloseTo((Math.PI / 4) * (diameter / cellSide) ** 2, 1);
  }
});
