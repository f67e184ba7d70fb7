import type {ConfusionMatrix} from "./confusionMatrix.js";
import {confusionMatrix} from "./confusionMatrix.js";
import type {ScoreIndex} from "./scoreIndex.js";
import {sensitivity} from "./sensitivity.js";
import {specificity} from "./specificity.js";

/** A threshold and what it does. */
export interface OperatingPoint {
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
): OperatingPoint {
  const {thresholds, truePositives, falsePositives, positives, negatives} = index;
  if (positives === 0 || negatives === 0) {
    const matrix = {truePositives: NaN, falseNegatives: NaN, falsePositives: NaN, trueNegatives: NaN};
    return {threshold: NaN, matrix, sensitivity: NaN, specificity: NaN};
  }
  let threshold = Infinity;
  let best = merit(0, 0);
  for (let i = 0; i < thresholds.length; i++) {
    const value = merit(truePositives[i]!, falsePositives[i]!);
    if (value > best) {
      best = value;
      threshold = thresholds[i]!;
    }
  }
  const matrix = confusionMatrix(index, threshold);
  return {threshold, matrix, sensitivity: sensitivity(matrix), specificity: specificity(matrix)};
}
