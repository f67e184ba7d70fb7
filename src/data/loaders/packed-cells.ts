import path from "node:path";
import {group} from "d3";
import sharp from "sharp";
import {cellSide, cellValues, placeOnSheet, sheetColumns, sheetName} from "../shapes/cells.js";
import {cellsDirectory} from "./manifest.js";

/** Side of a sheet, in pixels. */
export const sheetSide = sheetColumns * cellSide;

/** A cell's pixels from its sheet's: RGB values, 50×50×3. */
export function cutCell(sheet: Uint8Array, place: number): Uint8Array {
  const {x, y} = placeOnSheet(place);
  const cell = new Uint8Array(cellValues);
  for (let line = 0; line < cellSide; line++) {
    const start = ((y + line) * sheetSide + x) * 3;
    cell.set(sheet.subarray(start, start + cellSide * 3), line * cellSide * 3);
  }
  return cell;
}

/**
 * Reads packed cells.
 *
 * @param places places in the manifest; each sheet is decoded once
 * @returns bytes, RGB, shape [places.length, 50, 50, 3]
 */
export async function readPackedCells(places: readonly number[], directory = cellsDirectory): Promise<Uint8Array> {
  const out = new Uint8Array(places.length * cellValues);
  for (const [sheet, indices] of group(places.keys(), (index) => placeOnSheet(places[index]!).sheet)) {
    const pixels = await sharp(path.join(directory, sheetName(sheet)))
      .raw()
      .toBuffer();
    for (const index of indices) out.set(cutCell(pixels, places[index]!), index * cellValues);
  }
  return out;
}
