import sharp from "sharp";
import {cellSide, cellsPerSheet, sheetColumns} from "../shapes/cells.js";

const CELL_ROW = cellSide * 3;
const SHEET_ROW = sheetColumns * CELL_ROW;

/**
 * Lays up to 256 cells out in a 16×16 sheet, row by row; what is left stays black.
 *
 * @param cells RGB values, 50×50×3 a cell
 * @returns RGB values of the sheet, 800×800×3
 */
export function composeSheet(cells: Uint8Array[]): Uint8Array {
  if (cells.length > cellsPerSheet) throw new RangeError(`A sheet takes ${cellsPerSheet} cells, not ${cells.length}.`);
  const sheet = new Uint8Array(SHEET_ROW * sheetColumns * cellSide);
  cells.forEach((cell, slot) => {
    const origin = Math.floor(slot / sheetColumns) * cellSide * SHEET_ROW + (slot % sheetColumns) * CELL_ROW;
    for (let y = 0; y < cellSide; ++y) {
      sheet.set(cell.subarray(y * CELL_ROW, (y + 1) * CELL_ROW), origin + y * SHEET_ROW);
    }
  });
  return sheet;
}

/**
 * Encodes a sheet as lossless WebP and proves it by decoding it again. The same pixels give the same bytes (with the
 * pinned sharp).
 */
export async function encodeSheet(sheet: Uint8Array): Promise<Buffer> {
  const side = sheetColumns * cellSide;
  const webp = await sharp(sheet, {raw: {width: side, height: side, channels: 3}})
    .webp({lossless: true, quality: 80, effort: 6})
    .toBuffer();
  const decoded = await sharp(webp).raw().toBuffer();
  if (!decoded.equals(sheet)) throw new Error("WebP changed a sheet's pixels.");
  return webp;
}
