import {ascending} from "d3";
import {comparePatients} from "../shapes/cells.js";
import type {CellName, Label} from "../shapes/cells.js";

/** Packing order: patient by C-number, then label, then photograph, then cell number. */
export function compareCells(a: CellName & {label: Label}, b: CellName & {label: Label}): number {
  return (
    comparePatients(a.patient, b.patient) ||
    ascending(a.label, b.label) ||
    ascending(a.photograph, b.photograph) ||
    a.number - b.number
  );
}
