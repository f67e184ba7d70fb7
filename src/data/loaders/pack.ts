import {dictionary, bool, uint8, uint16, utf8} from "@uwdata/flechette";
import type {DataType} from "@uwdata/flechette";
import {table} from "arquero";
import {figureScales} from "../shapes/columns.js";
import type {FigureName} from "../shapes/columns.js";
import type {ManifestRow} from "../shapes/manifest.js";
import {DataProblem} from "./read.js";

/**
 * Packs the manifest for the browser as an Arrow file: names by dictionary, figures as 16-bit whole numbers. Saturation
 * is left out: the page has it from the mean colour.
 *
 * @throws DataProblem when a file name can't be put together again from its photograph and number
 */
export function packCells(rows: readonly ManifestRow[]): Uint8Array {
  const figures: Record<FigureName, (row: ManifestRow) => number> = {
    number: cellNumber,
    width: (row) => row.width ?? 0,
    height: (row) => row.height ?? 0,
    red: (row) => row.red,
    green: (row) => row.green,
    blue: (row) => row.blue,
    frame: (row) => row.frame,
    hue: (row) => row.hue,
    brightness: (row) => row.brightness,
    spread: (row) => row.spread
  };
  const names = Object.keys(figures) as FigureName[];
  const scaled = names.map((name) => [
    name,
    Uint16Array.from(rows, (row) => Math.round(figures[name](row) * figureScales[name]))
  ]);
  const patients = new Set(rows.map(({patient}) => patient)).size;
  const types: Record<string, DataType> = {
    label: dictionary(utf8(), uint8()),
    disputed: bool(),
    patient: dictionary(utf8(), patients <= 256 ? uint8() : uint16()),
    photograph: dictionary(utf8(), uint16()),
    fold: uint8(),
    ...Object.fromEntries(names.map((name) => [name, uint16()]))
  };
  return table({
    label: rows.map(({label}) => label),
    disputed: rows.map(({disputed}) => disputed),
    patient: rows.map(({patient}) => patient),
    photograph: rows.map(({photograph}) => photograph),
    fold: rows.map(({fold}) => fold),
    ...(Object.fromEntries(scaled) as Record<FigureName, Uint16Array>)
  }).toArrowIPC({types});
}

function cellNumber({file, photograph}: ManifestRow): number {
  const number = Number(/^_cell_(0|[1-9]\d*)\.png$/.exec(file.slice(photograph.length))?.[1]);
  if (!Number.isInteger(number))
    throw new DataProblem("manifest.csv", `file “${file}” does not end in _cell_<number>.png`);
  return number;
}
