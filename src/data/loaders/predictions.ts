import path from "node:path";
import {labels} from "./manifest.js";
import type {ManifestRow} from "./manifest.js";
import {DataProblem} from "./problem.js";
import {readCsv, readNumber} from "./read-csv.js";
import {modelDirectory} from "./read-json.js";

const columns = ["file", "label", "patient", "fold", "p_parasitized"];

/** The scores of the cells whose fold was tested, by columns; all arrays run in step, in manifest order. */
export interface Evaluation {
  folds: number[];
  patients: string[];
  /** Place of the cell in the manifest. */
  cell: number[];
  /** P(parasitized), 0…1. */
  score: number[];
  /** 1 = parasitized. */
  label: number[];
  /** 1 where the second opinion names the other class. */
  disputed: number[];
  /** Index into `patients`. */
  patient: number[];
  fold: number[];
}

/**
 * Reads `predictions.csv` of a model and joins it to the manifest.
 *
 * @throws DataProblem naming the row that is malformed, unknown, repeated or contradicts the manifest, or the fold that
 * is incomplete
 */
export function readPredictions(manifest: readonly ManifestRow[], directory = modelDirectory): Evaluation {
  const file = path.join(directory, "predictions.csv");
  const places = new Map(manifest.map((row, index) => [row.file, index]));
  const scores = new Map<number, number>();
  const folds = new Set<number>();
  const records = readCsv(file, columns).objects({limit: Infinity}) as Record<string, string | null>[];
  records.forEach((record, index) => {
    const row = index + 2;
    const name = record.file ?? "";
    const place = places.get(name);
    if (place === undefined) throw new DataProblem(file, `the manifest has no cell “${name}”`, row);
    if (scores.has(place)) throw new DataProblem(file, `cell “${name}” is listed twice`, row);
    const known = manifest[place]!;
    for (const column of ["label", "patient", "fold"] as const) {
      if (record[column] !== String(known[column])) {
        throw new DataProblem(
          file,
          `${column} of “${name}” is ${known[column]} in the manifest, but “${record[column]}” here`,
          row
        );
      }
    }
    folds.add(known.fold);
    scores.set(place, readNumber(record.p_parasitized, {file, row, column: "p_parasitized", min: 0, max: 1}));
  });

  const cell = manifest.flatMap(({fold}, index) => (folds.has(fold) ? [index] : []));
  const missing = cell.find((place) => !scores.has(place));
  if (missing !== undefined) {
    const {fold, file: name} = manifest[missing]!;
    throw new DataProblem(file, `fold ${fold} is incomplete: there is no row for “${name}”`);
  }
  const rows = cell.map((place) => manifest[place]!);
  const patients = [...new Set(rows.map(({patient}) => patient))];
  const numbers = new Map(patients.map((patient, index) => [patient, index]));
  return {
    folds: [...folds].sort(),
    ...{patients, cell},
    score: cell.map((place) => scores.get(place)!),
    label: rows.map((row) => Number(row.label === labels[0])),
    disputed: rows.map((row) => Number(row.disputed)),
    patient: rows.map((row) => numbers.get(row.patient)!),
    fold: rows.map((row) => row.fold)
  };
}
