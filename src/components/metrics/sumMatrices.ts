import {checkLength} from "./check.js";
import type {ConfusionMatrix} from "./confusionMatrix.js";

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
