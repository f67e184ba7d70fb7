import path from "node:path";
import {perLabelSet} from "../shapes/evaluation.js";
import type {FoldPoint, LabelSet} from "../shapes/evaluation.js";
import {reportSchema} from "../shapes/report.js";
import type {ChangedFigures, Figure, LaboratoryFigures, Subgroup} from "../shapes/report.js";
import {DataProblem, modelDirectory, readChecked} from "./read.js";

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
 * Reads `report.json` of a model, which must speak of exactly the folds of its scores.
 *
 * @throws DataProblem naming the entry that is malformed, or the folds that are missing
 */
export function readReport(tested: readonly number[], directory = modelDirectory): ModelReport {
  const file = path.join(directory, "report.json");
  const {draws, seed, folds, pooled, subgroups, robustness, laboratories} = readChecked(file, reportSchema);
  const found = folds.map(({fold}) => fold);
  if ([...found].sort().join() !== [...tested].sort().join()) {
    const sentence = `folds must be ${tested.join(", ")} as in predictions.csv, but are ${found.join(", ") || "none"}`;
    throw new DataProblem(file, `${sentence}; run npm run report`);
  }
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
