import type {Scores} from "./check.js";
import {checkLength, checkDefined, checkPredictions} from "./check.js";
import type {ConfusionMatrix} from "./confusion-matrix.js";
import {sensitivity, specificity} from "./confusion-matrix.js";
import {meanAndDeviation} from "./statistics.js";

/** Cells grouped by patient, prepared once. */
export interface PatientIndex {
  /** Patients in code-point order. */
  readonly names: readonly string[];
  /** For each cell, the position of its patient in `names`. */
  readonly codes: Uint32Array;
}

/**
 * Groups cells by patient; `patients` holds one key a cell, such as C100. The names are sorted, so that a seeded
 * bootstrap does not depend on the order of the cells.
 * @throws RangeError for no cells or an empty key.
 */
export function patientIndex(patients: ArrayLike<string>): PatientIndex {
  const keys = Array.from(patients);
  if (keys.length === 0) throw new RangeError("patients is empty; give one patient a cell");
  const missing = keys.findIndex((key) => !key);
  if (missing >= 0) throw new RangeError(`patients[${missing}] is empty; every cell needs its patient`);
  const names = [...new Set(keys)].sort();
  const positions = new Map(names.map((name, i) => [name, i]));
  return {names, codes: Uint32Array.from(keys, (key) => positions.get(key)!)};
}

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
  checkDefined("threshold", threshold);
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

/** A mean over patients. */
export interface PatientMean {
  /** Mean over the patients for whom the figure is defined; NaN if there are none. */
  readonly mean: number;
  /** Standard deviation between those patients (divisor count − 1); NaN for fewer than two. */
  readonly deviation: number;
  /** How many patients it is defined for. */
  readonly count: number;
}

/**
 * The macro figure: `statistic` (such as `sensitivity`) of each patient, averaged with equal weight, patients for whom
 * it is NaN left out. The pooled figure, where every cell counts alike, is `statistic(sumMatrices(matrices))`.
 */
export function patientMean(
  matrices: readonly ConfusionMatrix[],
  statistic: (matrix: ConfusionMatrix) => number
): PatientMean {
  const values = matrices.map(statistic).filter((value) => !Number.isNaN(value));
  return {...meanAndDeviation(values), count: values.length};
}
