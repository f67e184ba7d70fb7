import type {ConfusionMatrix} from "./confusionMatrix.js";

/** Share of cells called right, 0…1; NaN for an empty matrix. */
export function accuracy({truePositives, falseNegatives, falsePositives, trueNegatives}: ConfusionMatrix): number {
  return (truePositives + trueNegatives) / (truePositives + falseNegatives + falsePositives + trueNegatives);
}
