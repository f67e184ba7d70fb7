import type {Scores} from "./check.js";
import {checkLength, checkNumber, checkPredictions} from "./check.js";
import type {ConfusionMatrix} from "./confusionMatrix.js";
import type {PatientIndex} from "./patientIndex.js";

/**
 * One confusion matrix a patient, in the order of `patients.names`, when a cell is called parasitized at score ≥
 * `threshold`; O(n).
 * @throws RangeError for invalid scores or labels, unequal lengths or a threshold that is NaN.
 */
export function patientMatrices(
  patients: PatientIndex,
  scores: Scores,
  labels: Uint8Array,
  threshold: number
): ConfusionMatrix[] {
  checkPredictions(scores, labels);
  checkLength("patients.codes", patients.codes.length, "scores", scores.length);
  checkNumber("threshold", threshold);
  const counts = new Uint32Array(4 * patients.names.length);
  for (let i = 0; i < scores.length; i++) {
    counts[4 * patients.codes[i]! + 2 * labels[i]! + Number(scores[i]! >= threshold)]!++;
  }
  return patients.names.map((_, i) => {
    const [trueNegatives, falsePositives, falseNegatives, truePositives] = counts.subarray(4 * i, 4 * i + 4);
    return {
      truePositives: truePositives!,
      falseNegatives: falseNegatives!,
      falsePositives: falsePositives!,
      trueNegatives: trueNegatives!
    };
  });
}
