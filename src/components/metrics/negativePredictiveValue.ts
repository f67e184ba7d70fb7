import type {ConfusionMatrix} from "./confusionMatrix.js";

/**
 * Negative predictive value at the sample's own prevalence, TN / (TN + FN), 0…1; NaN if no cell is called
 * uninfected. For another prevalence see `negativePredictiveValueAtPrevalence`.
 */
export function negativePredictiveValue({trueNegatives, falseNegatives}: ConfusionMatrix): number {
  return trueNegatives / (trueNegatives + falseNegatives);
}
