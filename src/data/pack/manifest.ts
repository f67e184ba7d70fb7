import {csvFormat} from "d3-dsv";
import type {CellName, Label} from "../shapes/cells.js";
import type {ColourFigures} from "./figures.js";

/** One row of `manifest.csv`. */
export interface ManifestRow extends Omit<CellName, "number">, ColourFigures {
  file: string;
  label: Label;
  /** 1 if Fuhad et al. 2020 call the cell the other class. */
  disputed: 0 | 1;
  /** 0…4 */
  fold: number;
  sheet: number;
  /** Place in the sheet, 0…255, row by row. */
  slot: number;
  /** Size of the full-size crop in pixels, where known. */
  width: number | undefined;
  height: number | undefined;
}

/** Decimals of each figure in the manifest. */
export const decimalsOf: Record<keyof ColourFigures, number> = {
  frame: 4,
  red: 2,
  green: 2,
  blue: 2,
  hue: 2,
  saturation: 4,
  brightness: 4,
  spread: 2
};

const COLUMNS = ["file", "label", "disputed", "patient", "photograph", "fold", "sheet", "slot", "width", "height"];

/** `manifest.csv`: a header, then one row a cell; colour figures are rounded, unknown sizes empty. */
export function formatManifest(rows: ManifestRow[]): string {
  const figures = Object.entries(decimalsOf) as [keyof ColourFigures, number][];
  const rounded = rows.map((row) => ({
    ...row,
    ...Object.fromEntries(figures.map(([figure, decimals]) => [figure, Number(row[figure].toFixed(decimals))]))
  }));
  return `${csvFormat(rounded, [...COLUMNS, ...Object.keys(decimalsOf)] as (keyof ManifestRow)[])}\n`;
}
