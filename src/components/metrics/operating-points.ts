import {checkShare} from "./check.js";
import type {ConfusionMatrix} from "./confusion-matrix.js";
import {confusionMatrix, sensitivity, specificity} from "./confusion-matrix.js";
import type {ScoreIndex} from "./score-index.js";
import {partitionPoint} from "./statistics.js";

/** A threshold and what it does. */
export interface RocPoint {
  /** A score that occurs, or Infinity (no cell called parasitized); NaN if a class is missing. */
  readonly threshold: number;
  readonly matrix: ConfusionMatrix;
  /** 0…1; NaN without parasitized cells. */
  readonly sensitivity: number;
  /** 0…1; NaN without uninfected cells. */
  readonly specificity: number;
}

/**
 * The step of the ROC curve where `merit(truePositives, falsePositives)` is highest; of equals, the one with the
 * highest threshold. If a class is missing there is nothing to trade and the point is all NaN.
 */
export function operatingPoint(
  index: ScoreIndex,
  merit: (truePositives: number, falsePositives: number) => number
): RocPoint {
  const {thresholds, truePositives, falsePositives} = index;
  let place = -1;
  let best = merit(0, 0);
  for (let i = 0; i < thresholds.length; i++) {
    const value = merit(truePositives[i]!, falsePositives[i]!);
    if (value > best) {
      best = value;
      place = i;
    }
  }
  return pointAt(index, place);
}

/** The point of the ROC curve's step `place`; −1 is its start, where no cell is called parasitized. */
function pointAt(index: ScoreIndex, place: number): RocPoint {
  if (index.positives === 0 || index.negatives === 0) {
    const matrix = {truePositives: NaN, falseNegatives: NaN, falsePositives: NaN, trueNegatives: NaN};
    return {threshold: NaN, matrix, sensitivity: NaN, specificity: NaN};
  }
  const threshold = index.thresholds[place] ?? Infinity;
  const matrix = confusionMatrix(index, threshold);
  return {threshold, matrix, sensitivity: sensitivity(matrix), specificity: specificity(matrix)};
}

/** The first step with the highest sensitivity among those that `holds` keeps, which are the first ones; O(log n). */
function mostFound(index: ScoreIndex, holds: (step: number) => boolean): RocPoint {
  const {truePositives} = index;
  const last = partitionPoint(truePositives.length, holds) - 1;
  const found = truePositives[last] ?? 0;
  const first = partitionPoint(truePositives.length, (step) => truePositives[step]! < found);
  return pointAt(index, found > 0 ? first : -1);
}

/**
 * The threshold with the highest sensitivity + specificity − 1 (Youden 1950); of equals, the highest threshold. All
 * NaN if a class is missing.
 */
export function youdenPoint(index: ScoreIndex): RocPoint {
  const {positives, negatives} = index;
  return operatingPoint(index, (found, alarms) => found * negatives - alarms * positives);
}

/**
 * The threshold with the lowest cost `ratio` · FN + FP over these cells, where a missed parasite costs `ratio` times
 * a false alarm; of equals, the highest threshold. All NaN if a class is missing.
 * @throws RangeError unless the ratio is finite and above 0.
 */
export function lowestCostPoint(index: ScoreIndex, ratio: number): RocPoint {
  if (!(ratio > 0 && ratio < Infinity)) throw new RangeError(`ratio is ${ratio}; it must be finite and above 0`);
  return operatingPoint(index, (found, alarms) => ratio * found - alarms);
}

/**
 * The highest sensitivity whose specificity is at least the wished one, and the threshold that gives it. Rule on
 * steps, O(log n): only thresholds that occur count, nothing is interpolated, so the specificity reached may exceed the wish;
 * of thresholds with equal sensitivity the highest (best specificity) is taken. All NaN if a class is missing.
 * @throws RangeError if the specificity lies outside 0…1.
 */
export function sensitivityAtSpecificity(index: ScoreIndex, specificity: number): RocPoint {
  checkShare("specificity", specificity);
  const {negatives, falsePositives} = index;
  return mostFound(index, (step) => (negatives - falsePositives[step]!) / negatives >= specificity);
}

/**
 * The highest specificity whose sensitivity is at least the wished one, and the threshold that gives it. Rule on
 * steps, O(log n): only thresholds that occur count, nothing is interpolated, so the sensitivity reached may exceed the wish;
 * of thresholds with equal specificity the lowest (best sensitivity) is taken. All NaN if a class is missing.
 * @throws RangeError if the sensitivity lies outside 0…1.
 */
export function specificityAtSensitivity(index: ScoreIndex, sensitivity: number): RocPoint {
  checkShare("sensitivity", sensitivity);
  const {positives, falsePositives, truePositives} = index;
  const reached = partitionPoint(truePositives.length, (step) => truePositives[step]! / positives < sensitivity);
  const fewestAlarms = sensitivity === 0 ? 0 : falsePositives[reached]!;
  return mostFound(index, (step) => falsePositives[step]! <= fewestAlarms);
}
