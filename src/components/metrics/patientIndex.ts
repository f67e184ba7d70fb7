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
