import type {ConfusionMatrix} from "./confusionMatrix.js";

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
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {mean, deviation: count > 1 ? Math.sqrt(squares / (count - 1)) : NaN, count};
}
