import {signedHue} from "../../data/shapes/columns.js";
import {fileName} from "../gallery/cells.js";
import type {Cells} from "../gallery/cells.js";
import {placesByKey} from "./places-by-key.js";

/** Ways to sort the cells; `patient` is the order of the sheets. */
export const sorts = ["patient", "name", "score", "disagreement", "hue", "brightness"] as const;
export type Sort = (typeof sorts)[number];

/** What each way to sort is called. */
export const sortTitles: Record<Sort, string> = {
  patient: "patient and photograph",
  name: "file name",
  score: "score, highest first",
  disagreement: "network against label, furthest first",
  hue: "hue, blue to orange",
  brightness: "brightness, darkest first"
};

/** How far the network's score lies from the label: 0 agrees, 1 is as wrong as can be, NaN is not scored. */
export function disagreement(label: number, score: number): number {
  return label === 0 ? 1 - score : score;
}

/**
 * All cells in an order; equal ones, and at the end those without a value, in the order of the sheets.
 *
 * @param options.reverse turns the order of those with a value
 */
export function cellOrder(
  cells: Cells,
  score: Float64Array,
  sort: Sort,
  {reverse = false}: {reverse?: boolean} = {}
): Uint32Array {
  const order = Uint32Array.from({length: cells.count}, (_, i) => i);
  if (sort === "patient") return reverse ? order.reverse() : order;
  if (sort === "name") {
    const names = Array.from(order, (i) => fileName(cells, i));
    const sign = reverse ? -1 : 1;
    return order.sort((a, b) => sign * (names[a]! < names[b]! ? -1 : 1));
  }
  const keys = {
    score: () => score.map((value) => -value),
    disagreement: () => score.map((value, i) => -disagreement(cells.label[i]!, value)),
    hue: () => cells.hue.map(signedHue),
    brightness: () => cells.brightness
  }[sort]();
  return placesByKey(keys, {reverse});
}
