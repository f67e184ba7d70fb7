import {
  accuracy,
  confusionMatrix,
  rocArea,
  scoreIndex,
  sensitivity,
  specificity
} from "../../components/metrics/index.js";
import type {Evaluation} from "./predictions.js";

/** The figures that the landing page states about the network; shares in 0…1. */
export interface Headline {
  folds: number[];
  cells: number;
  patients: number;
  threshold: number;
  accuracy: number;
  sensitivity: number;
  specificity: number;
  area: number;
  /** Accuracy on the cells whose label nobody disputes. */
  undisputedAccuracy: number;
}

/** The headline figures of the tested folds at a threshold. */
export function headline({score, label, disputed, folds, patients}: Evaluation, threshold: number): Headline {
  const index = scoreIndex(Float64Array.from(score), Uint8Array.from(label));
  const matrix = confusionMatrix(index, threshold);
  const agreed = disputed.flatMap((flag, i) => (flag ? [] : [i]));
  const right = agreed.filter((i) => score[i]! >= threshold === (label[i] === 1)).length;
  return {
    ...{folds, threshold, cells: score.length, patients: patients.length},
    ...{accuracy: accuracy(matrix), sensitivity: sensitivity(matrix), specificity: specificity(matrix)},
    area: rocArea(index),
    undisputedAccuracy: right / agreed.length
  };
}
