import {isCalled} from "./prepare.js";
import type {Prepared} from "./prepare.js";

/** Wrong answers by kind, and how many of each are on a label that the second reading disputes. */
export interface ErrorCounts {
  missed: number;
  missedDisputed: number;
  alarms: number;
  alarmsDisputed: number;
}

/** The wrong answers of one patient. */
export interface PatientErrors extends ErrorCounts {
  patient: string;
  /** How many of the patient's cells were scored, and how many of them are disputed. */
  cells: number;
  disputed: number;
  /** Wrong answers in all, and those on disputed labels. */
  wrong: number;
  wrongDisputed: number;
}

/** Counts the wrong answers of every patient at a threshold, or at each fold's own where it is null; O(n). */
export function errorsByPatient(
  prepared: Pick<Prepared, "scores" | "thresholds" | "labels" | "disputed" | "patients">,
  threshold: number | null
): PatientErrors[] {
  const {labels, disputed, patients} = prepared;
  const errors = patients.names.map((patient): PatientErrors => {
    const counts = {missed: 0, missedDisputed: 0, alarms: 0, alarmsDisputed: 0};
    return {patient, cells: 0, disputed: 0, wrong: 0, wrongDisputed: 0, ...counts};
  });
  labels.forEach((label, row) => {
    const own = errors[patients.codes[row]!]!;
    const doubtful = disputed[row]!;
    own.cells++;
    own.disputed += doubtful;
    if (isCalled(prepared, threshold, row) === (label === 1)) return;
    own.wrong++;
    own.wrongDisputed += doubtful;
    own[label === 1 ? "missed" : "alarms"]++;
    own[label === 1 ? "missedDisputed" : "alarmsDisputed"] += doubtful;
  });
  return errors;
}

/** The wrong answers of all patients together. */
export function sumErrors(errors: readonly ErrorCounts[]): ErrorCounts & {wrong: number; wrongDisputed: number} {
  const sum = (name: keyof ErrorCounts) => errors.reduce((total, one) => total + one[name], 0);
  const [missed, missedDisputed] = [sum("missed"), sum("missedDisputed")];
  const [alarms, alarmsDisputed] = [sum("alarms"), sum("alarmsDisputed")];
  return {
    missed,
    missedDisputed,
    alarms,
    alarmsDisputed,
    wrong: missed + alarms,
    wrongDisputed: missedDisputed + alarmsDisputed
  };
}

/** How few patients give half of all missed parasites, and how many have parasitized cells at all. */
export function halfOfMissed(errors: readonly PatientErrors[]): {patients: number; missed: number} {
  const missed = errors.map((one) => one.missed).sort((a, b) => b - a);
  const all = missed.reduce((sum, count) => sum + count, 0);
  let patients = 0;
  let found = 0;
  while (2 * found < all) found += missed[patients++]!;
  return {patients, missed: all};
}
