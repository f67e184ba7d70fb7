import {signedHue} from "../../data/shapes/columns.js";
import type {ScoreName} from "../../data/shapes/columns.js";
import type {Cells} from "../gallery/cells.js";
import {plainNumber} from "../ui/format.js";

/** The figures that have a histogram each. */
export const axisNames = ["hue", "brightness", "frame", "score", "colour"] as const;
export type AxisName = (typeof axisNames)[number];

/** Values in [low, high); infinite ends are open. */
export interface Range {
  low: number;
  high: number;
}

/** Open at both ends: asks for nothing. */
export const anyRange: Range = {low: -Infinity, high: Infinity};

/** Whether a range asks for nothing. */
export const isOpen = ({low, high}: Range) => low === -Infinity && high === Infinity;

/** How a figure lies on its histogram. */
export interface Axis {
  title: string;
  /** What the figure is, in one sentence. */
  about: string;
  /** Follows a value: "°", or nothing. */
  unit: string;
  /** Number of bars. */
  binCount: number;
  /** Where a value lies, 0…1 from end to end; values beyond an end lie on it. */
  place(value: number): number;
  /** The value at a place, rounded to {@link Axis.decimals}. */
  value(place: number): number;
  decimals: number;
  ticks: readonly (readonly [value: number, text: string])[];
}

const clamp = (share: number) => Math.min(1, Math.max(0, share));

/** An axis from `low` on with `binCount` bars of equal width; the outer bars also hold what lies beyond them. */
function linearAxis({
  low,
  step,
  tick,
  ...words
}: Omit<Axis, "place" | "value" | "ticks"> & {
  low: number;
  step: number;
  tick: number;
}): Axis {
  const width = words.binCount * step;
  const first = Math.ceil(low / tick);
  const ticks = Array.from({length: Math.floor((low + width) / tick) - first + 1}, (_, i) => (first + i) * tick);
  return {
    ...words,
    place: (value) => clamp((value - low) / width),
    value: (place) => Number((low + place * width).toFixed(words.decimals)),
    ticks: ticks.map((value) => [value, plainNumber(Number(value.toFixed(1))) + words.unit] as const)
  };
}

/** Log-odds beyond which scores lie on the end of their axis. */
const limit = 8;

/** An axis even in log-odds, since most scores crowd at both ends. */
function scoreAxis(words: Pick<Axis, "title" | "about">): Axis {
  return {
    ...words,
    unit: "",
    binCount: 32,
    decimals: 4,
    place: (score) => clamp((Math.log(score / (1 - score)) + limit) / (2 * limit)),
    value: (place) => Number((1 / (1 + Math.exp(limit - 2 * limit * place))).toFixed(4)),
    ticks: [0.001, 0.03, 0.5, 0.97, 0.999].map((value) => [value, String(value)] as const)
  };
}

/** The figures of the histograms: their values, a cell each, and their axes. */
export function axesOf(
  cells: Pick<Cells, "hue" | "brightness" | "frame">,
  scores: Record<ScoreName, Float64Array>
): Record<AxisName, {axis: Axis; values: Float64Array}> {
  const hue = cells.hue.map(signedHue);
  return {
    hue: {
      values: hue,
      axis: linearAxis({
        title: "Hue",
        unit: "°",
        decimals: 0,
        low: -140,
        step: 4,
        binCount: 48,
        tick: 30,
        about: "Mean colour of the cell: −120° is blue, −60° magenta, 0° red, 30° orange."
      })
    },
    brightness: {
      values: cells.brightness,
      axis: linearAxis({
        title: "Brightness",
        unit: "",
        decimals: 3,
        low: 0.38,
        step: 0.01,
        binCount: 37,
        tick: 0.1,
        about: "Mean luma of the cell: 0 is black, 1 white."
      })
    },
    frame: {
      values: cells.frame,
      axis: linearAxis({
        title: "Black frame",
        unit: "",
        decimals: 3,
        low: 0.12,
        step: 0.02,
        binCount: 26,
        tick: 0.2,
        about: "Share of the picture painted black around the cell."
      })
    },
    score: {
      values: scores.network,
      axis: scoreAxis({
        title: "Score of the network",
        about: "P(parasitized) by the network that never saw the patient, even in log-odds."
      })
    },
    colour: {
      values: scores.colour,
      axis: scoreAxis({
        title: "Score of colour alone",
        about: "P(parasitized) by a logistic regression on five colour figures of other patients."
      })
    }
  };
}

/** The bar of each value (0…binCount − 1) twice over plus its label, so that both labels are counted apart. */
export function labelledBins({place, binCount}: Axis, values: Float64Array, label: Uint8Array): Uint16Array {
  const bins = new Uint16Array(values.length).fill(2 * binCount);
  for (let row = 0; row < bins.length; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) continue;
    bins[row] = 2 * Math.min(binCount - 1, Math.floor(place(value) * binCount)) + label[row]!;
  }
  return bins;
}
