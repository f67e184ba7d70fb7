import type {ConfusionMatrix} from "./confusionMatrix.js";

/** F1 of the parasitized class, 2 TP / (2 TP + FP + FN), 0…1; NaN if no cell is, or is called, parasitized. */
export function f1({truePositives, falseNegatives, falsePositives}: ConfusionMatrix): number {
  return (2 * truePositives) / (2 * truePositives + falsePositives + falseNegatives);
}
