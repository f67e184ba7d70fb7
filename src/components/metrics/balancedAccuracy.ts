import type {ConfusionMatrix} from "./confusionMatrix.js";
import {sensitivity} from "./sensitivity.js";
import {specificity} from "./specificity.js";

/** Mean of sensitivity and specificity, 0…1; NaN if either class is missing. */
export function balancedAccuracy(matrix: ConfusionMatrix): number {
  return (sensitivity(matrix) + specificity(matrix)) / 2;
}
