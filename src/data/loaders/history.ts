import {existsSync, readdirSync} from "node:fs";
import path from "node:path";
import {historySchema, unvalidatedHistorySchema} from "../shapes/history.js";
import type {TrainingHistory} from "../shapes/history.js";
import {DataProblem, isObject, modelDirectory, readChecked, readJson} from "./read.js";

/**
 * Reads the history of every fold that was trained, in the order of folds. Where the recipe set no validation cells aside
 * (a random split), the validation figures are NaN.
 *
 * @throws DataProblem naming the file and the entry that is malformed
 */
export function readHistories(directory = modelDirectory): TrainingHistory[] {
  const folder = path.join(directory, "history");
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => /^fold-\d+\.json$/.test(name)) : [];
  if (files.length === 0) throw new DataProblem(folder, "there is no fold-K.json; train the model first");
  return files.map((name) => readHistory(path.join(folder, name))).sort((a, b) => a.fold - b.fold);
}

function readHistory(file: string): TrainingHistory {
  const {recipe} = readJson(file);
  const validated = !(isObject(recipe) && recipe.validationCells === 0);
  const history = readChecked(file, validated ? historySchema : unvalidatedHistorySchema);
  const {epochs, boundary} = history;
  const outOfTurn = epochs.findIndex(({epoch}, index) => epoch !== index + 1);
  if (outOfTurn >= 0) {
    const [wanted, found] = [outOfTurn + 1, epochs[outOfTurn]!.epoch];
    throw new DataProblem(
      file,
      `epochs[${outOfTurn}].epoch must be a number from ${wanted} to ${wanted}, but is ${found}`
    );
  }
  if (boundary > epochs.length)
    throw new DataProblem(file, `boundary must be a number from 0 to ${epochs.length}, but is ${boundary}`);
  return history;
}
