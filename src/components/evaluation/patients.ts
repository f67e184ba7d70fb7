import {meanAndDeviation, quantileSorted} from "../metrics/index.js";
import type {PatientFigures} from "../metrics/index.js";
import type {PatientErrors} from "./errors.js";

/** Patients who have parasitized cells, most wrong answers first; equals by their share of the cells, then by name. */
export function rankPatients(
  errors: readonly PatientErrors[],
  patients: readonly Pick<PatientFigures, "positives">[]
): PatientErrors[] {
  return errors
    .filter((_, i) => patients[i]!.positives > 0)
    .sort((a, b) => b.wrong - a.wrong || b.wrong / b.cells - a.wrong / a.cells || (a.patient < b.patient ? -1 : 1));
}

/** What false alarms in healthy patients do to the smallest parasitaemia that can be told from none. */
export interface Healthy {
  /** How many have a false-positive rate. */
  count: number;
  /** Mean of their false-positive rates, every patient alike; 0…1. */
  mean: number;
  /** Standard deviation between them. */
  deviation: number;
  /** The rate that 95 % of them stay below. */
  upper: number;
  /**
   * The share of parasitized cells at which the share of positive answers reaches `upper`:
   * (upper − mean) / (sensitivity − mean), from p · sensitivity + (1 − p) · mean = upper. NaN if it can't be reached.
   */
  hidden: number;
}

/** Summarises the false-positive rates of healthy patients; NaN without any. */
export function healthySummary(patients: readonly PatientFigures[], sensitivity: number): Healthy {
  const rates = Float64Array.from(patients, ({falsePositiveRate}) => falsePositiveRate)
    .filter((rate) => !Number.isNaN(rate))
    .sort();
  const {mean, deviation} = meanAndDeviation(rates);
  const upper = quantileSorted(rates, 0.95);
  return {
    count: rates.length,
    mean,
    upper,
    deviation,
    hidden: sensitivity > upper ? (upper - mean) / (sensitivity - mean) : NaN
  };
}
