import {existsSync, readdirSync} from "node:fs";
import path from "node:path";
import type {Epoch, FinderPoint, Step, TrainingHistory} from "../shapes/history.js";
import {DataProblem} from "./problem.js";
import {checkNumber, isObject, modelDirectory, readJson} from "./read-json.js";
import type {Json} from "./read-json.js";

const phases = ["frozen", "unfrozen"] as const;

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
  const json = readJson(file);
  const list = (key: string): Json[] => {
    const value = json[key];
    const bad = Array.isArray(value) ? value.findIndex((entry) => !isObject(entry)) : 0;
    if (!Array.isArray(value)) throw new DataProblem(file, `${key} must be a list`);
    if (bad >= 0) throw new DataProblem(file, `${key}[${bad}] must be an object`);
    return value as Json[];
  };
  const positive = (entry: Json, key: string, where: string) => checkNumber(entry, key, {file, where, min: 0});
  const share = (entry: Json, key: string, where: string) => checkNumber(entry, key, {file, where, min: 0, max: 1});

  const validated = !(isObject(json.recipe) && json.recipe.validationCells === 0);
  const epochs = list("epochs").map((entry, index): Epoch => {
    const where = `epochs[${index}]`;
    const phase = phases.find((known) => known === entry.phase);
    if (!phase)
      throw new DataProblem(
        file,
        `${where}.phase must be ${phases.join(" or ")}, but is ${JSON.stringify(entry.phase)}`
      );
    return {
      epoch: checkNumber(entry, "epoch", {file, where, min: index + 1, max: index + 1}),
      phase,
      trainLoss: positive(entry, "trainLoss", where),
      trainAccuracy: share(entry, "trainAccuracy", where),
      validLoss: validated ? positive(entry, "validLoss", where) : NaN,
      validAccuracy: validated ? share(entry, "validAccuracy", where) : NaN,
      validAuc: validated ? share(entry, "validAuc", where) : NaN,
      seconds: positive(entry, "seconds", where)
    };
  });
  if (epochs.length === 0) throw new DataProblem(file, "epochs must hold at least one epoch");
  const steps = list("steps").map((entry, index): Step => {
    const where = `steps[${index}]`;
    const rates = entry.learningRates;
    if (!Array.isArray(rates) || !rates.every((rate) => typeof rate === "number" && rate >= 0)) {
      throw new DataProblem(file, `${where}.learningRates must be a list of numbers from 0`);
    }
    return {
      step: positive(entry, "step", where),
      epoch: positive(entry, "epoch", where),
      learningRates: rates as number[],
      momentum: share(entry, "momentum", where),
      loss: positive(entry, "loss", where)
    };
  });
  const finder =
    json.learningRateFinder == null
      ? null
      : list("learningRateFinder").map((entry, index): FinderPoint => {
          const where = `learningRateFinder[${index}]`;
          return {learningRate: positive(entry, "learningRate", where), loss: positive(entry, "loss", where)};
        });
  return {
    fold: checkNumber(json, "fold", {file, min: 0, max: 4}),
    recipe: isObject(json.recipe) ? json.recipe : {},
    boundary: checkNumber(json, "boundary", {file, min: 0, max: epochs.length}),
    ...{epochs, steps, learningRateFinder: finder}
  };
}
