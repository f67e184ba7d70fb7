import type {ConfusionMatrix} from "./confusionMatrix.js";

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
