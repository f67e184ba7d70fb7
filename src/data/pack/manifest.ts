import {ascending} from "d3";
import {csvFormat} from "d3-dsv";
import {comparePatients} from "../shapes/cells.js";
import type {CellName, Label} from "../shapes/cells.js";
import {decimalsOf, manifestColumns} from "../shapes/manifest.js";
import type {ColourFigures, ManifestRow} from "../shapes/manifest.js";

/** Packing order: patient by C-number, then label, then photograph, then cell number. */
export function compareCells(a: CellName & {label: Label}, b: CellName & {label: Label}): number {
  return (
    comparePatients(a.patient, b.patient) ||
    ascending(a.label, b.label) ||
    ascending(a.photograph, b.photograph) ||
    a.number - b.number
  );
}

/** `manifest.csv`: a header, then one row a cell; colour figures are rounded, unknown sizes empty. */
export function formatManifest(rows: readonly ManifestRow[]): string {
  const figures = Object.entries(decimalsOf) as [keyof ColourFigures, number][];
  const rounded = rows.map((row) => ({
    ...row,
    disputed: Number(row.disputed),
    ...Object.fromEntries(figures.map(([figure, decimals]) => [figure, Number(row[figure].toFixed(decimals))]))
  }));
  return `${csvFormat(rounded, manifestColumns)}\n`;
}
