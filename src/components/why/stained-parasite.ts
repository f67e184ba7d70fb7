import {cellSide} from "../../data/shapes/cells.js";
import {area, erode, maskOf, parts, silhouette} from "../image/mask.js";
import type {Mask} from "../image/mask.js";
import {quantileSorted} from "../metrics/statistics.js";

/** The rule in words, for whoever reads a figure that rests on it. */
export const RULE =
  "Giemsa stains a parasite's chromatin magenta. The magenta excess of a pixel is (red + blue) / 2 − green. A pixel of " +
  "the cell, its outermost ring left out, counts as stained parasite where its excess lies more than half way from the " +
  "cell's median up to its 99.5th percentile, in connected parts of three pixels or more. Where that percentile is less " +
  "than 20 (of 255) above the median, the cell has no stained parasite by this rule.";

const LEAST = 20;
const SMALLEST_PART = 3;
const SMALLEST_CELL = 50;

/** What the rule sees on a cell. */
export interface StainedParasite {
  /** The cell without its outermost ring of pixels. */
  cell: Mask;
  /** The stained pixels; none where the rule finds no parasite. */
  parasite: Mask;
}

/** Applies {@link RULE} to 50×50 RGB pixels; null where there is no cell. */
export function stainedParasite(rgb: ArrayLike<number>): StainedParasite | null {
  const whole = silhouette(rgb, cellSide, cellSide);
  if (!whole) return null;
  const cell = erode(whole);
  if (area(cell) < SMALLEST_CELL) return null;
  const excess = Float64Array.from(
    cell.data,
    (_, pixel) => (rgb[pixel * 3]! + rgb[pixel * 3 + 2]!) / 2 - rgb[pixel * 3 + 1]!
  );
  const sorted = excess.filter((_, pixel) => cell.data[pixel]).sort();
  const [median, top] = [quantileSorted(sorted, 0.5), quantileSorted(sorted, 0.995)];
  const least = top - median < LEAST ? Infinity : (median + top) / 2;
  const stained = {...cell, data: cell.data.map((inside, pixel) => Number(inside && excess[pixel]! > least))};
  const pixels = parts(stained).filter(({length}) => length >= SMALLEST_PART);
  return {cell, parasite: maskOf(Int32Array.from(pixels.flatMap((part) => [...part])), cell)};
}
