import type {ScoreIndex} from "./scoreIndex.js";

/** Points of a receiver operating characteristic, from (0, 0) to (1, 1); the three arrays run in step. */
export interface RocCurve {
  /** Falling; the first is Infinity (no cell called parasitized), the others are scores that occur. */
  thresholds: Float64Array;
  /** 1 − specificity, rising; NaN without uninfected cells. */
  falsePositiveRates: Float64Array;
  /** Sensitivity, rising; NaN without parasitized cells. */
  truePositiveRates: Float64Array;
}

/**
 * The ROC curve with one point for each distinct score, so that tied scores make one slanted step. With
 * `dropIntermediate` points inside a straight run of equal steps are left out, by scikit-learn's rule (second
 * difference of both counts is 0); the drawn line is the same.
 */
export function rocCurve(index: ScoreIndex, {dropIntermediate = false} = {}): RocCurve {
  const {thresholds, truePositives, falsePositives, positives, negatives} = index;
  const bends = (counts: Float64Array, i: number): boolean =>
    counts[i + 1]! - counts[i]! !== counts[i]! - counts[i - 1]!;
  const last = thresholds.length - 1;
  const steps = Array.from(thresholds.keys()).filter(
    (i) => !dropIntermediate || i === 0 || i === last || bends(truePositives, i) || bends(falsePositives, i)
  );
  const start = -1;
  const points = [start, ...steps];
  return {
    thresholds: Float64Array.from(points, (i) => thresholds[i] ?? Infinity),
    falsePositiveRates: Float64Array.from(points, (i) => (falsePositives[i] ?? 0) / negatives),
    truePositiveRates: Float64Array.from(points, (i) => (truePositives[i] ?? 0) / positives)
  };
}
