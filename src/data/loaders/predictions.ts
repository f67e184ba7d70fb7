import {existsSync} from "node:fs";
import path from "node:path";
import {labels} from "../shapes/cells.js";
import {protocols} from "../shapes/evaluation.js";
import type {Protocol} from "../shapes/evaluation.js";
import {readHistories} from "./history.js";
import type {ManifestRow} from "./manifest.js";
import {DataProblem} from "./problem.js";
import {readCsv, readNumber} from "./read-csv.js";
import {modelDirectory} from "./read-json.js";

const columns = ["file", "label", "patient", "fold", "p_parasitized"];

/** The scores of the tested cells, by columns; all arrays run in step, in manifest order. */
export interface Evaluation {
  protocol: Protocol;
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
  /** The fold of the network that gave the score; that of the cell too, unless the split is random. */
  fold: number[];
}

/**
 * Reads `predictions.csv` of a model and joins it to the manifest.
 *
 * Split by patient, it holds every cell of each fold that was tested. A random split, which the model's history names,
 * draws its test cells from all folds: `fold` is then that of the network, and there are as many rows as the history
 * says.
 *
 * @throws DataProblem naming the row that is malformed, unknown, repeated or contradicts the manifest, or the fold that
 * is incomplete
 */
export function readPredictions(manifest: readonly ManifestRow[], directory = modelDirectory): Evaluation {
  const file = path.join(directory, "predictions.csv");
  const {protocol, drawn} = readProtocol(directory);
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
    const {label, patient} = known;
    const fold = drawn?.fold ?? known.fold;
    for (const [column, wanted] of Object.entries({label, patient, fold})) {
      if (record[column] !== String(wanted)) {
        const source = drawn && column === "fold" ? "history" : "manifest";
        throw new DataProblem(
          file,
          `${column} of “${name}” is ${wanted} in the ${source}, but “${record[column]}” here`,
          row
        );
      }
    }
    folds.add(fold);
    scores.set(place, readNumber(record.p_parasitized, {file, row, column: "p_parasitized", min: 0, max: 1}));
  });

  if (drawn && scores.size !== drawn.cells) {
    throw new DataProblem(file, `the history speaks of ${drawn.cells} test cells, but there are ${scores.size} rows`);
  }
  const cell = manifest.flatMap(({fold}, index) => ((drawn ? scores.has(index) : folds.has(fold)) ? [index] : []));
  const missing = cell.find((place) => !scores.has(place));
  if (missing !== undefined) {
    const {fold, file: name} = manifest[missing]!;
    throw new DataProblem(file, `fold ${fold} is incomplete: there is no row for “${name}”`);
  }
  const rows = cell.map((place) => manifest[place]!);
  const patients = [...new Set(rows.map(({patient}) => patient))];
  const numbers = new Map(patients.map((patient, index) => [patient, index]));
  return {
    protocol,
    folds: [...folds].sort(),
    ...{patients, cell},
    score: cell.map((place) => scores.get(place)!),
    label: rows.map((row) => Number(row.label === labels[0])),
    disputed: rows.map((row) => Number(row.disputed)),
    patient: rows.map((row) => numbers.get(row.patient)!),
    fold: rows.map((row) => drawn?.fold ?? row.fold)
  };
}

/** How a model's cells were set aside, by its history if it has one, and what that says of a random draw. */
function readProtocol(directory: string): {protocol: Protocol; drawn: {fold: number; cells: number} | null} {
  const folder = path.join(directory, "history");
  if (!existsSync(folder)) return {protocol: "patient", drawn: null};
  const histories = readHistories(directory);
  const named = [...new Set(histories.map(({recipe}) => String(recipe.protocol)))];
  const protocol = protocols.find((known) => known === named[0]);
  if (!protocol || named.length > 1) {
    throw new DataProblem(
      folder,
      `recipe.protocol must be one of ${protocols.join(", ")} in every file, but is ${named.join(", ")}`
    );
  }
  if (protocol === "patient") return {protocol, drawn: null};
  const [{fold, recipe}, ...others] = histories as [(typeof histories)[number]];
  const cells = recipe.testCells;
  if (others.length > 0) throw new DataProblem(folder, "a random split has one history, but there are several");
  if (!(typeof cells === "number" && cells >= 1)) {
    throw new DataProblem(folder, `recipe.testCells must be a number from 1, but is ${JSON.stringify(cells)}`);
  }
  return {protocol, drawn: {fold, cells}};
}
