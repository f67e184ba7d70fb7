import {checkLength, checkDefined, checkShare} from "./check.js";
import type {ScoreIndex} from "./score-index.js";
import {partitionPoint} from "./statistics.js";

/** Numbers of cells (or sums of weights) by truth and prediction; positive = parasitized. */
export interface ConfusionMatrix {
  readonly truePositives: number;
  readonly falseNegatives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
}

/**
 * The confusion matrix when a cell is called parasitized at score ≥ `threshold`, in O(log n). Any number will do as
 * a threshold: above the highest score no cell is called parasitized, at or below the lowest every cell is.
 * @throws RangeError if the threshold is NaN.
 */
export function confusionMatrix(
  {thresholds, truePositives, falsePositives, positives, negatives}: ScoreIndex,
  threshold: number
): ConfusionMatrix {
  checkDefined("threshold", threshold);
  const last = partitionPoint(thresholds.length, (i) => thresholds[i]! >= threshold) - 1;
  const [found, alarms] = last < 0 ? [0, 0] : [truePositives[last]!, falsePositives[last]!];
  return {
    truePositives: found,
    falseNegatives: positives - found,
    falsePositives: alarms,
    trueNegatives: negatives - alarms
  };
}

/**
 * The sum of confusion matrices, such as those of patients or folds, each counted `weights[i]` times if weights are
 * given; all 0 for none.
 * @throws RangeError if the lengths differ.
 */
export function sumMatrices(matrices: readonly ConfusionMatrix[], weights?: Float64Array): ConfusionMatrix {
  if (weights) checkLength("weights", weights.length, "matrices", matrices.length);
  let truePositives = 0;
  let falseNegatives = 0;
  let falsePositives = 0;
  let trueNegatives = 0;
  for (let i = 0; i < matrices.length; i++) {
    const weight = weights ? weights[i]! : 1;
    const matrix = matrices[i]!;
    truePositives += weight * matrix.truePositives;
    falseNegatives += weight * matrix.falseNegatives;
    falsePositives += weight * matrix.falsePositives;
    trueNegatives += weight * matrix.trueNegatives;
  }
  return {truePositives, falseNegatives, falsePositives, trueNegatives};
}

/** Share of the parasitized cells called parasitized (recall), TP / (TP + FN), 0…1; NaN without parasitized cells. */
export function sensitivity({truePositives, falseNegatives}: ConfusionMatrix): number {
  return truePositives / (truePositives + falseNegatives);
}

/** Share of the uninfected cells called uninfected, TN / (TN + FP), 0…1; NaN without uninfected cells. */
export function specificity({trueNegatives, falsePositives}: ConfusionMatrix): number {
  return trueNegatives / (trueNegatives + falsePositives);
}

/**
 * Positive predictive value at the sample's own prevalence, TP / (TP + FP), 0…1; NaN if no cell is called
 * parasitized. For another prevalence see `precisionAtPrevalence`.
 */
export function precision({truePositives, falsePositives}: ConfusionMatrix): number {
  return truePositives / (truePositives + falsePositives);
}

/**
 * Negative predictive value at the sample's own prevalence, TN / (TN + FN), 0…1; NaN if no cell is called
 * uninfected. For another prevalence see `negativePredictiveValueAtPrevalence`.
 */
export function negativePredictiveValue({trueNegatives, falseNegatives}: ConfusionMatrix): number {
  return trueNegatives / (trueNegatives + falseNegatives);
}

/** Share of cells called right, 0…1; NaN for an empty matrix. */
export function accuracy({truePositives, falseNegatives, falsePositives, trueNegatives}: ConfusionMatrix): number {
  return (truePositives + trueNegatives) / (truePositives + falseNegatives + falsePositives + trueNegatives);
}

/** Mean of sensitivity and specificity, 0…1; NaN if either class is missing. */
export function balancedAccuracy(matrix: ConfusionMatrix): number {
  return (sensitivity(matrix) + specificity(matrix)) / 2;
}

/** F1 of the parasitized class, 2 TP / (2 TP + FP + FN), 0…1; NaN if no cell is, or is called, parasitized. */
export function f1({truePositives, falseNegatives, falsePositives}: ConfusionMatrix): number {
  return (2 * truePositives) / (2 * truePositives + falsePositives + falseNegatives);
}

/**
 * Matthews correlation coefficient (Matthews 1975), the correlation of truth and prediction, −1…1; NaN if either is
 * constant (where scikit-learn returns 0).
 */
export function matthewsCorrelation(matrix: ConfusionMatrix): number {
  const {truePositives, falseNegatives, falsePositives, trueNegatives} = matrix;
  const covariance = truePositives * trueNegatives - falsePositives * falseNegatives;
  const truthVariance = (truePositives + falseNegatives) * (trueNegatives + falsePositives);
  const predictionVariance = (truePositives + falsePositives) * (trueNegatives + falseNegatives);
  return covariance / (Math.sqrt(truthVariance) * Math.sqrt(predictionVariance));
}

/** What Bayes' rule needs; all three are shares, 0…1. */
export interface PrevalenceOptions {
  sensitivity: number;
  specificity: number;
  prevalence: number;
}

/**
 * Positive predictive value where a share `prevalence` of the cells is parasitized, by Bayes' rule; 0…1, NaN if no
 * cell would be called parasitized or sensitivity or specificity is NaN.
 * @throws RangeError if the prevalence lies outside 0…1.
 */
export function precisionAtPrevalence({sensitivity, specificity, prevalence}: PrevalenceOptions): number {
  checkShare("prevalence", prevalence);
  const found = sensitivity * prevalence;
  return found / (found + (1 - specificity) * (1 - prevalence));
}

/**
 * Negative predictive value where a share `prevalence` of the cells is parasitized, by Bayes' rule; 0…1, NaN if no
 * cell would be called uninfected or sensitivity or specificity is NaN.
 * @throws RangeError if the prevalence lies outside 0…1.
 */
export function negativePredictiveValueAtPrevalence({sensitivity, specificity, prevalence}: PrevalenceOptions): number {
  checkShare("prevalence", prevalence);
  const cleared = specificity * (1 - prevalence);
  return cleared / (cleared + (1 - sensitivity) * prevalence);
}
