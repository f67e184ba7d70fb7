import path from "node:path";
import {group} from "d3";
import sharp from "sharp";
import {cellSide, placeOnSheet, sheetName} from "../shapes/cells.js";
import {cellsDirectory} from "./manifest.js";

/**
 * Reads packed cells.
 *
 * @param places places in the manifest; each sheet is decoded once
 * @returns bytes, RGB, shape [places.length, 50, 50, 3]
 */
export async function readPackedCells(places: readonly number[], directory = cellsDirectory): Promise<Uint8Array> {
  const line = cellSide * 3;
  const out = new Uint8Array(places.length * cellSide * line);
  const placed = places.map((place, index) => ({index, ...placeOnSheet(place)}));
  for (const [sheet, cells] of group(placed, (cell) => cell.sheet)) {
    const {data, info} = await sharp(path.join(directory, sheetName(sheet)))
      .raw()
      .toBuffer({resolveWithObject: true});
    for (const {index, x, y} of cells) {
      for (let row = 0; row < cellSide; row++) {
        const start = ((y + row) * info.width + x) * 3;
        out.set(data.subarray(start, start + line), (index * cellSide + row) * line);
      }
    }
  }
  return out;
}
