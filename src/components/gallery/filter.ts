import {labelNames} from "./cells.js";
import type {Cells, LabelName} from "./cells.js";

/** What the reader asks to see; null asks for nothing in particular. */
export interface CellFilter {
  label: LabelName | null;
  disputed: boolean | null;
  /** A patient's name: C100. */
  patient: string | null;
}

/** Asks for everything. */
export const everything: CellFilter = {label: null, disputed: null, patient: null};

/** The indices of the cells that pass every part of the filter, in sheet order. */
export function filterCells(cells: Cells, {label, disputed, patient}: CellFilter): Uint32Array {
  const wantedLabel = label === null ? -1 : labelNames.indexOf(label);
  const wantedPatient = patient === null ? -1 : cells.patients.indexOf(patient);
  if (patient !== null && wantedPatient < 0) return new Uint32Array(0);
  const found = new Uint32Array(cells.count);
  let length = 0;
  for (let index = 0; index < cells.count; index++) {
    if (wantedLabel >= 0 && cells.label[index] !== wantedLabel) continue;
    if (disputed !== null && cells.disputed[index] !== Number(disputed)) continue;
    if (wantedPatient >= 0 && cells.patient[index] !== wantedPatient) continue;
    found[length++] = index;
  }
  return found.slice(0, length);
}
