import {signedHue} from "../../data/shapes/columns.js";
import {shuffledCells} from "../../data/shapes/shuffled.js";
import {fileName} from "../gallery/cells.js";
import type {Cells} from "../gallery/cells.js";

/** Ways to sort the cells; `patient` is the order of the sheets. */
export const sorts = ["shuffled", "patient", "name", "score", "disagreement", "hue", "brightness"] as const;
export type Sort = (typeof sorts)[number];

/** What each way to sort is called. */
export const sortTitles: Record<Sort, string> = {
  shuffled: "shuffled",
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
  const order = sort === "shuffled" ? shuffledCells(cells.count) : new Uint32Array(cells.count).map((_, i) => i);
  if (sort === "patient" || sort === "shuffled") return reverse ? order.reverse() : order;
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

/** Some cells, those first whose score lies furthest from their label; those without a score at the end, as they were. */
export function wrongFirst(
  chosen: Uint32Array,
  label: ArrayLike<number>,
  score: ArrayLike<number>
): Uint32Array<ArrayBuffer> {
  const keys = Float64Array.from(chosen, (cell) => -disagreement(label[cell]!, score[cell]!));
  return placesByKey(keys).map((place) => chosen[place]!) as Uint32Array<ArrayBuffer>;
}

/** Ways to line up the patients. */
export const stripOrders = ["cells", "name", "hue", "brightness", "disputed"] as const;
export type StripOrder = (typeof stripOrders)[number];

/** What each way to line up the patients is called. */
export const stripTitles: Record<StripOrder, string> = {
  cells: "parasitized cells, most first",
  name: "name",
  hue: "mean hue, blue to orange",
  brightness: "mean brightness, darkest first",
  disputed: "share of disputed cells, largest first"
};

/** The patients (places in `cells.patients`) lined up by their cells. */
export function patientOrder(cells: Cells, order: StripOrder): Uint32Array {
  const count = cells.patients.length;
  const mean = (value: (cell: number) => number) => {
    const [sums, sizes] = [new Float64Array(count), new Float64Array(count)];
    for (let cell = 0; cell < cells.count; cell++) {
      sums[cells.patient[cell]!]! += value(cell);
      sizes[cells.patient[cell]!]!++;
    }
    return {sums, means: sums.map((sum, i) => sum / sizes[i]!), sizes};
  };
  const keys = {
    cells: () => {
      const {sums, sizes} = mean((cell) => 1 - cells.label[cell]!);
      return sums.map((parasitized, i) => -(parasitized * 1e6 + sizes[i]!));
    },
    name: () => Float64Array.from(cells.patients, (name) => Number(name.slice(1))),
    hue: () => mean((cell) => signedHue(cells.hue[cell]!)).means,
    brightness: () => mean((cell) => cells.brightness[cell]!).means,
    disputed: () => mean((cell) => cells.disputed[cell]!).means.map((share) => -share)
  }[order]();
  return placesByKey(keys);
}

/**
 * The places 0, 1, … of `keys`, lowest key first; equal keys, and at the end those that are NaN, in the order of the
 * places.
 * @param options.reverse highest key first; NaN stays at the end
 */
export function placesByKey(keys: Float64Array, {reverse = false}: {reverse?: boolean} = {}): Uint32Array {
  const sign = reverse ? -1 : 1;
  return Uint32Array.from(keys, (_, place) => place).sort((a, b) => {
    const [first, second] = [keys[a]!, keys[b]!];
    if (Number.isNaN(first) || Number.isNaN(second))
      return Number(Number.isNaN(first)) - Number(Number.isNaN(second)) || a - b;
    return sign * (first - second) || a - b;
  });
}
