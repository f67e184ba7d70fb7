import type {ConfusionMatrix} from "./confusionMatrix.js";

/** Share of the uninfected cells called uninfected, TN / (TN + FP), 0…1; NaN without uninfected cells. */
export function specificity({trueNegatives, falsePositives}: ConfusionMatrix): number {
  return trueNegatives / (trueNegatives + falsePositives);
}
