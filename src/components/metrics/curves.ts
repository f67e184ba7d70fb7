import {checkShare} from "./check.js";
import type {ScoreIndex} from "./score-index.js";
import {partitionPoint} from "./statistics.js";

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

/**
 * Sensitivity at each wished false-positive rate (0…1), read off the ROC curve with straight lines between its
 * points and the upper end of a vertical rise: for averaging curves and for interval bands. NaN if a class is missing.
 * @throws RangeError if a rate lies outside 0…1.
 */
export function rocOnGrid(index: ScoreIndex, falsePositiveRates: ArrayLike<number>): Float64Array {
  const {truePositives, falsePositives, positives, negatives} = index;
  return Float64Array.from(falsePositiveRates, (rate, i) => {
    checkShare(`falsePositiveRates[${i}]`, rate);
    const next = partitionPoint(falsePositives.length, (step) => falsePositives[step]! / negatives <= rate);
    const found = next === 0 ? 0 : truePositives[next - 1]!;
    if (next === falsePositives.length) return found / positives;
    const alarms = next === 0 ? 0 : falsePositives[next - 1]!;
    const share = (rate * negatives - alarms) / (falsePositives[next]! - alarms);
    return (found + share * (truePositives[next]! - found)) / positives;
  });
}

/**
 * Area under the ROC curve, 0…1: the chance that a parasitized cell scores above an uninfected one, ties counting
 * one half (the Mann–Whitney U divided by the number of pairs). O(n), exact up to one rounding for whole weights. NaN
 * if either class is missing.
 */
export function rocArea({truePositives, falsePositives, positives, negatives}: ScoreIndex): number {
  let doubled = 0;
  let found = 0;
  let alarms = 0;
  for (let i = 0; i < truePositives.length; i++) {
    doubled += (falsePositives[i]! - alarms) * (truePositives[i]! + found);
    found = truePositives[i]!;
    alarms = falsePositives[i]!;
  }
  return doubled / (2 * positives * negatives);
}

/** Points of a precision–recall curve by falling threshold; the three arrays run in step. */
export interface PrecisionRecallCurve {
  /** Falling; the first is Infinity, the others are scores that occur. */
  thresholds: Float64Array;
  /** TP / (TP + FP); the first is 1 by convention. NaN where every cell so far has weight 0. */
  precisions: Float64Array;
  /** Sensitivity, rising from 0 to 1; NaN without parasitized cells. */
  recalls: Float64Array;
}

/**
 * The precision–recall curve with one point for each distinct score after the conventional start (recall 0,
 * precision 1). These are scikit-learn's points in reverse. Draw it as steps, never as a slanted line.
 */
export function precisionRecallCurve(index: ScoreIndex): PrecisionRecallCurve {
  const {thresholds, truePositives, falsePositives, positives} = index;
  const start = -1;
  const points = [start, ...thresholds.keys()];
  return {
    thresholds: Float64Array.from(points, (i) => thresholds[i] ?? Infinity),
    precisions: Float64Array.from(points, (i) =>
      i === start ? 1 : truePositives[i]! / (truePositives[i]! + falsePositives[i]!)
    ),
    recalls: Float64Array.from(points, (i) => (truePositives[i] ?? 0) / positives)
  };
}

/**
 * Precision at each wished recall (0…1): that of the highest threshold which reaches the recall, the steps that
 * average precision sums; for interval bands. NaN without parasitized cells.
 * @throws RangeError if a recall lies outside 0…1.
 */
export function precisionOnGrid(index: ScoreIndex, recalls: ArrayLike<number>): Float64Array {
  const {truePositives, falsePositives, positives} = index;
  return Float64Array.from(recalls, (recall, i) => {
    checkShare(`recalls[${i}]`, recall);
    if (positives === 0) return NaN;
    const step = partitionPoint(
      truePositives.length,
      (step) => truePositives[step]! / positives < recall || truePositives[step]! + falsePositives[step]! === 0
    );
    return truePositives[step]! / (truePositives[step]! + falsePositives[step]!);
  });
}

/**
 * Area under the precision–recall curve as scikit-learn's average precision: Σ (Rᵢ − Rᵢ₋₁) Pᵢ over the distinct
 * scores, falling, a sum of steps without interpolation; 0…1, NaN without parasitized cells.
 */
export function averagePrecision({truePositives, falsePositives, positives}: ScoreIndex): number {
  let sum = 0;
  let before = 0;
  for (let i = 0; i < truePositives.length; i++) {
    const found = truePositives[i]!;
    if (found > before) sum += ((found - before) * found) / (found + falsePositives[i]!);
    before = found;
  }
  return sum / positives;
}
