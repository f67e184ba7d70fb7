import {existsSync} from "node:fs";
import path from "node:path";
import {labels} from "../shapes/cells.js";
import {protocols} from "../shapes/evaluation.js";
import type {Protocol} from "../shapes/evaluation.js";
import type {ManifestRow} from "../shapes/manifest.js";
import {readHistories} from "./history.js";
import {DataProblem, checkComplete, modelDirectory, readCellRows} from "./read.js";

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
  const scores = new Map<number, number>();
  const folds = new Set<number>();
  for (const {texts, cell, place, number, fail} of readCellRows(file, columns, manifest)) {
    const {file: name, label, patient} = cell;
    if (scores.has(place)) fail(`cell “${name}” is listed twice`);
    const fold = drawn?.fold ?? cell.fold;
    for (const [column, wanted] of Object.entries({label, patient, fold})) {
      const source = drawn && column === "fold" ? "history" : "manifest";
      if (texts[column] !== String(wanted))
        fail(`${column} of “${name}” is ${wanted} in the ${source}, but “${texts[column]}” here`);
    }
    folds.add(fold);
    scores.set(place, number("p_parasitized", 0, 1));
  }

  if (!drawn) checkComplete(file, manifest, folds, (place) => scores.has(place));
  else if (scores.size !== drawn.cells) {
    throw new DataProblem(file, `the history speaks of ${drawn.cells} test cells, but there are ${scores.size} rows`);
  }
  const cell = [...scores.keys()].sort((a, b) => a - b);
  const rows = cell.map((place) => manifest[place]!);
  const patients = [...new Set(rows.map(({patient}) => patient))];
  const numbers = new Map(patients.map((patient, index) => [patient, index]));
  return {
    protocol,
    folds: [...folds].sort(),
    patients,
    cell,
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
