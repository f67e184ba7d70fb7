import sharp from "sharp";
import {CELL_SIZE} from "./cells.js";

/** Cells in a row, and rows, of a sheet. */
export const SHEET_SIDE = 16;
export const CELLS_PER_SHEET = SHEET_SIDE ** 2;

const CELL_ROW = CELL_SIZE * 3;
const SHEET_ROW = SHEET_SIDE * CELL_ROW;

/** `sheet-007.webp` for 7. */
export function sheetName(sheet: number): string {
  return `sheet-${String(sheet).padStart(3, "0")}.webp`;
}

/**
 * Lays up to 256 cells out in a 16×16 sheet, row by row; what is left stays black.
 *
 * @param cells RGB values, 50×50×3 a cell
 * @returns RGB values of the sheet, 800×800×3
 */
export function composeSheet(cells: Uint8Array[]): Uint8Array {
  if (cells.length > CELLS_PER_SHEET)
    throw new RangeError(`A sheet takes ${CELLS_PER_SHEET} cells, not ${cells.length}.`);
  const sheet = new Uint8Array(SHEET_ROW * SHEET_SIDE * CELL_SIZE);
  cells.forEach((cell, slot) => {
    const origin = Math.floor(slot / SHEET_SIDE) * CELL_SIZE * SHEET_ROW + (slot % SHEET_SIDE) * CELL_ROW;
    for (let y = 0; y < CELL_SIZE; ++y) {
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
  const side = SHEET_SIDE * CELL_SIZE;
  const webp = await sharp(sheet, {raw: {width: side, height: side, channels: 3}})
    .webp({lossless: true, quality: 80, effort: 6})
    .toBuffer();
  const decoded = await sharp(webp).raw().toBuffer();
  if (!decoded.equals(sheet)) throw new Error("WebP changed a sheet's pixels.");
  return webp;
}
