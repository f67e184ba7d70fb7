import {checkLength} from "./check.js";
import type {ConfusionMatrix} from "./confusionMatrix.js";
import {sensitivity} from "./sensitivity.js";
import {specificity} from "./specificity.js";

/** What the classifier does on one patient. */
export interface PatientFigures {
  readonly patient: string;
  readonly cells: number;
  /** Cells labelled parasitized. */
  readonly positives: number;
  readonly matrix: ConfusionMatrix;
  /** 0…1; NaN for a patient without parasitized cells. */
  readonly sensitivity: number;
  /** 0…1; NaN for a patient without uninfected cells. */
  readonly specificity: number;
  /** Share of the uninfected cells called parasitized, 0…1; NaN for a patient without uninfected cells. */
  readonly falsePositiveRate: number;
}

/**
 * One row of figures a patient, from `patientIndex(…).names` and `patientMatrices(…)`.
 * @throws RangeError if the lengths differ.
 */
export function patientFigures(names: readonly string[], matrices: readonly ConfusionMatrix[]): PatientFigures[] {
  checkLength("matrices", matrices.length, "names", names.length);
  return matrices.map((matrix, i) => {
    const {truePositives, falseNegatives, falsePositives, trueNegatives} = matrix;
    const positives = truePositives + falseNegatives;
    const negatives = falsePositives + trueNegatives;
    return {
      patient: names[i]!,
      cells: positives + negatives,
      positives,
      matrix,
      sensitivity: sensitivity(matrix),
      specificity: specificity(matrix),
      falsePositiveRate: falsePositives / negatives
    };
  });
}
