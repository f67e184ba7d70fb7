import path from "node:path";
import sharp from "sharp";
import {cellSide, placeOnSheet, sheetName} from "../../src/components/gallery/load-sheet.js";
import {cellsDirectory} from "../../src/data/loaders/manifest.js";

/**
 * Reads packed cells.
 *
 * @param places places in the manifest; each sheet is decoded once
 * @returns floats 0…1, shape [places.length, 50, 50, 3]
 */
export async function readCells(places: readonly number[], directory = cellsDirectory): Promise<Float32Array> {
  const size = cellSide * cellSide * 3;
  const out = new Float32Array(places.length * size);
  const sheets = Map.groupBy(
    places.map((place, index) => ({index, ...placeOnSheet(place)})),
    ({sheet}) => sheet
  );
  for (const [sheet, cells] of sheets) {
    const {data, info} = await sharp(path.join(directory, sheetName(sheet))).raw().toBuffer({resolveWithObject: true});
    for (const {index, x, y} of cells) {
      for (let row = 0; row < cellSide; row++) {
        const start = ((y + row) * info.width + x) * 3;
        const line = data.subarray(start, start + cellSide * 3);
        out.set(Float32Array.from(line, (value) => value / 255), index * size + row * cellSide * 3);
      }
    }
  }
  return out;
}
