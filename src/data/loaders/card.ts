import path from "node:path";
import type {SubgroupRow} from "../../components/card/subgroup-chart.js";
import {DataProblem} from "./problem.js";
import {checkNumber, isObject, modelDirectory, readJson} from "./read-json.js";
import type {Json} from "./read-json.js";

/** What the model card says beyond the headline figures, and what it must say was not done. */
export interface Card {
  /** Figures by part of the cells; empty where the report has none. */
  subgroups: SubgroupRow[];
  /** Figures after changes of the pictures; empty where none were scored. */
  robustness: {change: string; level: number; cells: number; area: number; sensitivity: number; specificity: number}[];
  /** Folds whose patients were tested, each by a network that never saw them. */
  testedFolds: number[];
  /** Folds that no network was tested on. */
  untestedFolds: number[];
  /** How threshold and temperature were chosen, in the report's words. */
  rule: string;
}

const shares = ["accuracy", "sensitivity", "specificity", "rocArea"] as const;

/**
 * Reads what `report.json` of a model tells the model card. The lists may be missing, but not malformed.
 * @param folds how many folds the split has
 * @throws DataProblem naming the entry that is malformed
 */
export function readCard(folds: number, directory = modelDirectory): Card {
  const file = path.join(directory, "report.json");
  const json = readJson(file);
  const tested = list(json, "folds", file).map((entry, i) =>
    checkNumber(entry, "fold", {file, where: `folds[${i}]`, min: 0, max: folds - 1})
  );
  const point = list(json, "folds", file)[0]?.operatingPoint;
  return {
    testedFolds: tested,
    untestedFolds: Array.from({length: folds}, (_, fold) => fold).filter((fold) => !tested.includes(fold)),
    rule: isObject(point) ? String(point.rule ?? "") : "",
    subgroups: list(json, "subgroups", file).map((entry, i) => readSubgroup(entry, {file, where: `subgroups[${i}]`})),
    robustness: list(json, "robustness", file).map((entry, i) => {
      const where = `robustness[${i}]`;
      const read = (key: string) => checkNumber(entry, key, {file, where});
      if (typeof entry.change !== "string") throw new DataProblem(file, `${where}.change must be a text`);
      return {
        ...{change: entry.change, level: read("level"), cells: read("cells"), area: read("rocArea")},
        ...{sensitivity: read("sensitivity"), specificity: read("specificity")}
      };
    })
  };
}

function list(json: Json, key: string, file: string): Json[] {
  const value = json[key] ?? [];
  if (!Array.isArray(value) || !value.every(isObject)) throw new DataProblem(file, `${key} must be a list of objects`);
  return value;
}

function readSubgroup(entry: Json, place: {file: string; where: string}): SubgroupRow {
  const {factor, group, figures} = entry;
  if (typeof factor !== "string" || typeof group !== "string" || !isObject(figures)) {
    throw new DataProblem(place.file, `${place.where} must have a factor, a group and figures`);
  }
  const read = (name: string) => {
    const where = `${place.where}.figures.${name}`;
    const figure = figures[name];
    if (!isObject(figure)) throw new DataProblem(place.file, `${where} must be an object`);
    const share = (key: string) =>
      figure[key] === null ? null : checkNumber(figure, key, {...place, where, min: 0, max: 1});
    return {estimate: share("estimate"), low: share("low"), high: share("high")};
  };
  const [accuracy, sensitivity, specificity, rocArea] = shares.map(read) as [Share, Share, Share, Share];
  const count = (key: string) => checkNumber(entry, key, {...place, min: 0});
  return {
    factor,
    group,
    cells: count("cells"),
    patients: count("patients"),
    accuracy,
    sensitivity,
    specificity,
    rocArea
  };
}

type Share = SubgroupRow["accuracy"];
