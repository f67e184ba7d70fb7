import {quantileSorted} from "./quantileSorted.js";

/** A bootstrap interval. */
export interface Interval {
  /** The figure itself, from all patients once. */
  readonly estimate: number;
  /** Lower end; NaN if no draw had a defined figure. */
  readonly low: number;
  /** Upper end; NaN if no draw had a defined figure. */
  readonly high: number;
  /** Draws without a defined figure (such as a draw without parasitized cells), left out of the interval. */
  readonly undefinedDraws: number;
}

/**
 * The percentile interval (Efron 1981) that leaves (1 − level) / 2 of the defined `values` on either side.
 * @throws RangeError unless the level lies strictly between 0 and 1.
 */
export function percentileInterval(estimate: number, values: Float64Array, level: number): Interval {
  if (!(level > 0 && level < 1)) throw new RangeError(`level is ${level}; it must lie between 0 and 1`);
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const tail = (1 - level) / 2;
  return {
    estimate,
    low: quantileSorted(sorted, tail),
    high: quantileSorted(sorted, 1 - tail),
    undefinedDraws: values.length - sorted.length
  };
}
