import {packedNames} from "../../components/gallery/cells.js";
import type {PackedCells, PackedColumn, PackedName} from "../../components/gallery/cells.js";
import type {ManifestRow} from "./manifest.js";
import {DataProblem} from "./problem.js";

const layout: Record<PackedName, {bytes: 1 | 2; scale: number; value: (row: ManifestRow) => number}> = {
  flags: {bytes: 1, scale: 1, value: (row) => Number(row.label === "uninfected") + 2 * Number(row.disputed)},
  number: {bytes: 2, scale: 1, value: cellNumber},
  width: {bytes: 2, scale: 1, value: (row) => row.width ?? 0},
  height: {bytes: 2, scale: 1, value: (row) => row.height ?? 0},
  red: {bytes: 2, scale: 100, value: (row) => row.red},
  green: {bytes: 2, scale: 100, value: (row) => row.green},
  blue: {bytes: 2, scale: 100, value: (row) => row.blue},
  frame: {bytes: 2, scale: 10_000, value: (row) => row.frame},
  spread: {bytes: 2, scale: 100, value: (row) => row.spread}
};

/**
 * Packs the manifest for the browser: one base64 column a figure, names once.
 *
 * Hue, saturation and brightness are left out: the page has them from the mean colour.
 *
 * @throws DataProblem when a file name can't be put together again from its photograph and number
 */
export function packCells(rows: readonly ManifestRow[]): PackedCells {
  const patients = new Map<string, number>();
  const photographs = new Map<string, {index: number; patient: number}>();
  const folds: number[] = [];
  const runs: number[] = [];
  for (const {patient, photograph, fold} of rows) {
    if (!patients.has(patient)) {
      folds[patients.size] = fold;
      patients.set(patient, patients.size);
    }
    if (!photographs.has(photograph)) {
      photographs.set(photograph, {index: photographs.size, patient: patients.get(patient)!});
    }
    const {index} = photographs.get(photograph)!;
    if (runs.at(-2) === index) runs[runs.length - 1]!++;
    else runs.push(index, 1);
  }
  return {
    count: rows.length,
    patients: [...patients.keys()],
    folds,
    photographs: [...photographs.keys()],
    photographPatients: [...photographs.values()].map(({patient}) => patient),
    runs,
    columns: Object.fromEntries(packedNames.map((name) => [name, packColumn(name, rows)])) as Record<
      PackedName,
      PackedColumn
    >
  };
}

function packColumn(name: PackedName, rows: readonly ManifestRow[]): PackedColumn {
  const {bytes, scale, value} = layout[name];
  const buffer = Buffer.alloc(bytes * rows.length);
  rows.forEach((row, index) => buffer.writeUIntLE(Math.round(value(row) * scale), index * bytes, bytes));
  return {bytes, scale, data: buffer.toString("base64")};
}

function cellNumber({file, photograph}: ManifestRow): number {
  const number = Number(/^_cell_(0|[1-9]\d*)\.png$/.exec(file.slice(photograph.length))?.[1]);
  if (!Number.isInteger(number))
    throw new DataProblem("manifest.csv", `file “${file}” does not end in _cell_<number>.png`);
  return number;
}
