import {signedHue} from "../../data/shapes/columns.js";
import type {Cells} from "../gallery/cells.js";
import {placesByKey} from "./places-by-key.js";

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
