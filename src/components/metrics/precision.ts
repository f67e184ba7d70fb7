import type {ConfusionMatrix} from "./confusionMatrix.js";

/**
 * Positive predictive value at the sample's own prevalence, TP / (TP + FP), 0…1; NaN if no cell is called
 * parasitized. For another prevalence see `precisionAtPrevalence`.
 */
export function precision({truePositives, falsePositives}: ConfusionMatrix): number {
  return truePositives / (truePositives + falsePositives);
}
