import {cellSide} from "../../data/shapes/cells.js";

/**
 * The eight views of a cell that a square has: turned by quarters, mirrored or not. A cell has no upright, so a network
 * that sees it should give all of them the same answer.
 * @param cell 50×50 RGB pixels
 * @returns eight times as many pixels each, the given one first
 */
export function dihedralViews(cell: Uint8ClampedArray): Uint8ClampedArray[] {
  const last = cellSide - 1;
  return Array.from({length: 8}, (_, view) => {
    const out = new Uint8ClampedArray(cell.length);
    for (let y = 0; y < cellSide; y++) {
      for (let x = 0; x < cellSide; x++) {
        let [u, v] = view & 4 ? [y, x] : [x, y];
        if (view & 1) u = last - u;
        if (view & 2) v = last - v;
        const from = (v * cellSide + u) * 3;
        out.set(cell.subarray(from, from + 3), (y * cellSide + x) * 3);
      }
    }
    return out;
  });
}
