import type {ConfusionMatrix} from "./confusionMatrix.js";

/** Share of the parasitized cells called parasitized (recall), TP / (TP + FN), 0…1; NaN without parasitized cells. */
export function sensitivity({truePositives, falseNegatives}: ConfusionMatrix): number {
  return truePositives / (truePositives + falseNegatives);
}
