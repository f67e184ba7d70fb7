import {existsSync} from "node:fs";
import path from "node:path";
import {perLabelSet} from "../shapes/evaluation.js";
import type {FoldPoint, LabelSet} from "../shapes/evaluation.js";
import {reportSchema} from "../shapes/report.js";
import type {ChangedFigures, Figure, LaboratoryFigures, Subgroup} from "../shapes/report.js";
import {DataProblem, modelDirectory, readChecked, readJson} from "./read.js";

/** What the site reads of `report.json`. */
export interface ModelReport {
  draws: number;
  seed: number;
  points: FoldPoint[];
  /** Figures of each fold, in the order of `points`. */
  figures: Record<LabelSet, Record<string, Figure>>[];
  /** Figures of all folds together; null while there is one fold. */
  pooled: Record<LabelSet, Record<string, Figure>> | null;
  subgroups: Subgroup[];
  robustness: ChangedFigures[];
  laboratories: LaboratoryFigures[];
}

/**
 * Reads `report.json` of a model, which must speak of exactly the folds of its scores, and, where it has a gate, of every
 * laboratory that is known.
 * @param known names the laboratories
 * @throws DataProblem naming the entry that is malformed, or the folds or the laboratory that are missing
 */
export function readReport(
  tested: readonly number[],
  directory = modelDirectory,
  known = "models/laboratories/laboratories.json"
): ModelReport {
  const file = path.join(directory, "report.json");
  const {draws, seed, folds, pooled, subgroups, robustness, laboratories} = readChecked(file, reportSchema);
  const found = folds.map(({fold}) => fold);
  if ([...found].sort().join() !== [...tested].sort().join()) {
    const sentence = `folds must be ${tested.join(", ")} as in predictions.csv, but are ${found.join(", ") || "none"}`;
    throw new DataProblem(file, `${sentence}; run npm run report`);
  }
  if (existsSync(path.join(directory, "gate.json"))) checkLaboratories(file, laboratories, known);
  const many = found.length > 1;
  if (many && !pooled) throw new DataProblem(file, "pooled.original.figures must be an object");
  const figuresOf = (sets: NonNullable<typeof pooled>) => perLabelSet((set) => sets[set].figures);
  return {
    draws,
    seed,
    points: folds.map(({fold, operatingPoint}) => ({fold, ...operatingPoint})),
    figures: folds.map(({figures}) => figuresOf(figures)),
    pooled: many ? figuresOf(pooled!) : null,
    subgroups,
    robustness,
    laboratories
  };
}

function checkLaboratories(file: string, laboratories: readonly LaboratoryFigures[], known: string): void {
  const titles = Object.values(readJson(known) as Record<string, {title?: string}>).map(({title}) => title);
  if (titles.length === 0) throw new DataProblem(known, "it names no laboratory");
  const missing = titles.find((title) => !laboratories.some(({laboratory}) => laboratory === title));
  if (missing !== undefined) {
    throw new DataProblem(file, `laboratories lacks ${missing}; run npm run gate, then npm run report`);
  }
}
