import {cellSide} from "../../data/shapes/cells.js";
import {silhouette} from "../image/mask.js";
import {stainedParasite} from "./stained-parasite.js";

/** A place on a cell, in pixels from its upper left corner. */
export interface Place {
  x: number;
  y: number;
}

/** @returns where a map is highest; the first such place, row by row */
export function peakOf(map: ArrayLike<number>): Place {
  let best = 0;
  for (let pixel = 1; pixel < map.length; pixel++) if (map[pixel]! > map[best]!) best = pixel;
  return {x: best % cellSide, y: Math.floor(best / cellSide)};
}

/** Within this share of the way from the middle to the edge, a place is called the middle. */
const MIDDLE = 0.3;

/**
 * Says in words what a map shows: where its peak lies on the cell, and on how small a part half of it lies.
 * @param map cellSide² values, not negative
 * @param cell 50×50 RGB pixels
 */
export function describeMap(map: ArrayLike<number>, cell: ArrayLike<number>, positive: string): string {
  const values = Float64Array.from(map);
  const total = values.reduce((sum, value) => sum + value, 0);
  if (!(total > 0)) return `Nowhere does this cell speak for ${positive}.`;
  const {x, y} = peakOf(map);
  const mask = silhouette(cell, cellSide, cellSide);
  const place = mask ? placeOn(mask.data, x, y) : "the picture";
  return `It speaks most for ${positive} in ${place}; half of the map lies on ${spread(values, total)} of the picture.`;
}

/** Pixels from the stain within which a peak lies beside it. */
const BESIDE = 2;

/** Where a map's peak lies against the stained parasite; `none` where the rule finds no stain. */
export type PeakPlace = "on" | "beside" | "away" | "none";

/**
 * Where a map's peak lies against what the rule for stained parasites finds on the cell (`RULE`), and how many pixels
 * from it; null where there is no map or no cell.
 */
export function peakPlace(
  map: ArrayLike<number>,
  cell: ArrayLike<number>
): {place: PeakPlace; distance: number} | null {
  const found = stainedParasite(cell);
  const {x, y} = peakOf(map);
  if (!found || !(map[y * cellSide + x]! > 0)) return null;
  let distance = Infinity;
  found.parasite.data.forEach((stained, pixel) => {
    if (!stained) return;
    distance = Math.min(distance, Math.hypot((pixel % cellSide) - x, Math.floor(pixel / cellSide) - y));
  });
  if (distance === Infinity) return {place: "none", distance};
  return {place: distance === 0 ? "on" : distance <= BESIDE ? "beside" : "away", distance};
}

/**
 * Says where a map's peak lies against the stained parasite.
 * @returns one sentence; empty where there is no map or no cell
 */
export function peakAgainstStain(map: ArrayLike<number>, cell: ArrayLike<number>): string {
  const found = peakPlace(map, cell);
  if (!found) return "";
  const {place, distance} = found;
  if (place === "none") return "By its colour, nothing on this cell is a stained parasite.";
  if (place === "on") return "The peak lies on what by its colour is the stained parasite.";
  return `The peak lies ${place === "away" ? "away from" : place} what by its colour is the stained parasite (${Math.round(distance)} of ${cellSide} pixels).`;
}

function placeOn(mask: Uint8Array, x: number, y: number): string {
  let [left, right, top, bottom] = [cellSide, 0, cellSide, 0];
  mask.forEach((inside, pixel) => {
    if (!inside) return;
    const [u, v] = [pixel % cellSide, Math.floor(pixel / cellSide)];
    [left, right, top, bottom] = [Math.min(left, u), Math.max(right, u), Math.min(top, v), Math.max(bottom, v)];
  });
  const along = (value: number, low: number, high: number) => (2 * value - low - high) / Math.max(1, high - low);
  const [right_, down] = [along(x, left, right), along(y, top, bottom)];
  if (Math.hypot(right_, down) <= MIDDLE) return "the middle of the cell";
  const word = (value: number, low: string, high: string) => (Math.abs(value) < MIDDLE ? "" : value < 0 ? low : high);
  const words = [word(down, "upper", "lower"), word(right_, "left", "right")].filter(Boolean).join(" ");
  const edge = Math.hypot(right_, down) > 0.75 ? ", near its edge" : "";
  return `the ${words} part of the cell${edge}`;
}

/** The smallest share of the pixels that holds half of a map, in words. */
function spread(values: Float64Array, total: number): string {
  const sorted = Float64Array.from(values).sort().reverse();
  let [sum, count] = [0, 0];
  while (sum < total / 2) sum += sorted[count++]!;
  const share = (100 * count) / values.length;
  return share < 1 ? "less than 1 %" : `${Math.round(share)} %`;
}
