import type {ScoreName} from "../../data/shapes/columns.js";
import {fileName, labelName, patientName} from "../gallery/cells.js";
import type {Cells} from "../gallery/cells.js";
import type {Row} from "../ui/csv.js";

/** Rows of a CSV file for these cells, in their order; scores and sizes are empty where there are none. */
export function cellRows(cells: Cells, scores: Record<ScoreName, Float64Array>, chosen: Uint32Array): Row[] {
  const known = (value: number) => (value > 0 ? value : null);
  const scored = (value: number) => (Number.isNaN(value) ? null : value);
  return Array.from(chosen, (cell) => ({
    file: fileName(cells, cell),
    label: labelName(cells, cell),
    second_reading: labelName(cells, cell, {other: Boolean(cells.disputed[cell])}),
    patient: patientName(cells, cell),
    photograph: cells.photographs[cells.photograph[cell]!]!,
    fold: cells.fold[cell]!,
    width: known(cells.width[cell]!),
    height: known(cells.height[cell]!),
    hue: cells.hue[cell]!,
    brightness: cells.brightness[cell]!,
    frame: cells.frame[cell]!,
    p_parasitized: scored(scores.network[cell]!),
    p_parasitized_colour: scored(scores.colour[cell]!)
  }));
}
