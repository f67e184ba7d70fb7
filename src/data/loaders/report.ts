import path from "node:path";
import {labelSets} from "../shapes/evaluation.js";
import type {ChangedFigures, Figure, FoldPoint, LabelSet, Subgroup} from "../shapes/evaluation.js";
import {DataProblem} from "./problem.js";
import {checkNumber, isObject, modelDirectory, readJson} from "./read-json.js";
import type {Json} from "./read-json.js";

/** What the site reads of `report.json`. */
export interface ModelReport {
  draws: number;
  seed: number;
  points: FoldPoint[];
  /** Figures of each fold, in the order of `points`. */
  figures: Record<LabelSet, Record<string, Figure>>[];
  /** Figures of all folds together; null while there is one fold. */
  pooled: Record<LabelSet, Record<string, Figure>> | null;
  /** Parts of the cells; none where they were not computed. */
  subgroups: Subgroup[];
  /** Changed pictures; none where they were not scored. */
  robustness: ChangedFigures[];
}

/**
 * Reads `report.json` of a model, which must speak of exactly the folds of its scores.
 *
 * @throws DataProblem naming the entry that is malformed, or the folds that are missing
 */
export function readReport(folds: readonly number[], directory = modelDirectory): ModelReport {
  const file = path.join(directory, "report.json");
  const json = readJson(file);
  const list = json.folds;
  if (!Array.isArray(list) || !list.every(isObject)) throw new DataProblem(file, "folds must be a list of objects");
  const found = list.map((entry: Json, i) => checkNumber(entry, "fold", {file, where: `folds[${i}]`, min: 0, max: 4}));
  if ([...found].sort().join() !== [...folds].sort().join()) {
    const sentence = `folds must be ${folds.join(", ")} as in predictions.csv, but are ${found.join(", ") || "none"}`;
    throw new DataProblem(file, `${sentence}; run npm run report`);
  }
  const figures = list.map((entry: Json, i) => readSets(entry.figures, {file, where: `folds[${i}].figures`}));
  const points = list.map((entry: Json, i) => readPoint(entry, {file, where: `folds[${i}].operatingPoint`}, found[i]!));
  const many = folds.length > 1;
  return {
    draws: checkNumber(json, "draws", {file, min: 1}),
    seed: checkNumber(json, "seed", {file, min: 0}),
    ...{points, figures},
    pooled: many ? readSets(json.pooled, {file, where: "pooled"}) : null,
    subgroups: readList(json, "subgroups", file, readSubgroup),
    robustness: readList(json, "robustness", file, readChange)
  };
}

interface Place {
  file: string;
  where: string;
}

function readPoint(entry: Json, {file, where}: Place, fold: number): FoldPoint {
  const point = entry.operatingPoint;
  if (!isObject(point)) throw new DataProblem(file, `${where} must be an object`);
  const {abstain} = point;
  const band = Array.isArray(abstain) && abstain.length === 2 && abstain.every((end) => end >= 0 && end <= 1);
  if (!band) throw new DataProblem(file, `${where}.abstain must be two numbers from 0 to 1`);
  return {
    fold,
    threshold: checkNumber(point, "threshold", {file, where, min: 0, max: 1}),
    temperature: checkNumber(point, "temperature", {file, where, min: Number.MIN_VALUE}),
    abstain: abstain as [number, number],
    rule: String(point.rule ?? "")
  };
}

/** Reads a list of objects that may be left out. */
function readList<T>(json: Json, key: string, file: string, read: (entry: Json, place: Place) => T): T[] {
  const list = json[key] ?? [];
  if (!Array.isArray(list) || !list.every(isObject)) throw new DataProblem(file, `${key} must be a list of objects`);
  return list.map((entry, i) => read(entry, {file, where: `${key}[${i}]`}));
}

function readSubgroup(entry: Json, {file, where}: Place): Subgroup {
  const {factor, group, figures} = entry;
  if (typeof factor !== "string" || typeof group !== "string") {
    throw new DataProblem(file, `${where}.factor and .group must be texts`);
  }
  if (!isObject(figures)) throw new DataProblem(file, `${where}.figures must be an object`);
  return {
    ...{factor, group},
    cells: checkNumber(entry, "cells", {file, where, min: 1}),
    patients: checkNumber(entry, "patients", {file, where, min: 1}),
    figures: readFigures(figures, {file, where: `${where}.figures`}) as Subgroup["figures"]
  };
}

function readChange(entry: Json, {file, where}: Place): ChangedFigures {
  const {change} = entry;
  if (typeof change !== "string") throw new DataProblem(file, `${where}.change must be a text`);
  const share = (key: string) => checkNumber(entry, key, {file, where, min: 0, max: 1});
  return {
    ...{change, level: checkNumber(entry, "level", {file, where})},
    ...{cells: checkNumber(entry, "cells", {file, where, min: 1}), rocArea: share("rocArea")},
    ...{sensitivity: share("sensitivity"), specificity: share("specificity")}
  };
}

/** Figures with their intervals; null, where no draw defines one, is NaN. */
function readFigures(value: Json, {file, where}: Place): Record<string, Figure> {
  const figures = Object.entries(value).map(([name, figure]) => {
    const place = `${where}.${name}`;
    if (!isObject(figure)) throw new DataProblem(file, `${place} must be an object`);
    const read = (key: string) => (figure[key] === null ? NaN : checkNumber(figure, key, {file, where: place}));
    return [name, {estimate: read("estimate"), low: read("low"), high: read("high")}] as const;
  });
  return Object.fromEntries(figures);
}

function readSets(value: unknown, {file, where}: Place): Record<LabelSet, Record<string, Figure>> {
  const sets = labelSets.map((set) => {
    const part = isObject(value) ? value[set] : undefined;
    if (!isObject(part) || !isObject(part.figures)) {
      throw new DataProblem(file, `${where}.${set}.figures must be an object`);
    }
    return [set, readFigures(part.figures, {file, where: `${where}.${set}.figures`})];
  });
  return Object.fromEntries(sets) as Record<LabelSet, Record<string, Figure>>;
}
