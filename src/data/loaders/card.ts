import path from "node:path";
import {reportSchema} from "../shapes/report.js";
import type {ChangedFigures, LaboratoryFigures, Subgroup} from "../shapes/report.js";
import {modelDirectory, readChecked} from "./read.js";

/** What the model card says beyond the headline figures, and what it must say was not done. */
export interface Card {
  /** Figures by part of the cells; empty where the report has none. */
  subgroups: Subgroup[];
  /** Figures after changes of the pictures; empty where none were scored. */
  robustness: (Pick<ChangedFigures, "change" | "level"> &
    Record<"cells" | "area" | "sensitivity" | "specificity", string>)[];
  /** Figures on other laboratories' cells; empty where none were scored. */
  laboratories: LaboratoryFigures[];
  /** Folds whose patients were tested, each by a network that never saw them. */
  testedFolds: number[];
  /** Folds that no network was tested on. */
  untestedFolds: number[];
  /** How threshold and temperature were chosen, in the report's words. */
  rule: string;
}

/**
 * Reads what `report.json` of a model tells the model card.
 * @param count how many folds the split has
 * @throws DataProblem naming the entry that is malformed
 */
export function readCard(count: number, directory = modelDirectory): Card {
  const {folds, subgroups, robustness, laboratories} = readChecked(path.join(directory, "report.json"), reportSchema);
  const testedFolds = folds.map(({fold}) => fold);
  return {
    testedFolds,
    untestedFolds: Array.from({length: count}, (_, fold) => fold).filter((fold) => !testedFolds.includes(fold)),
    rule: folds[0]?.operatingPoint.rule ?? "",
    subgroups,
    laboratories,
    robustness: robustness.map(({change, level, cells, rocArea, sensitivity, specificity}) => ({
      change,
      level,
      cells: cells.toLocaleString("en"),
      area: rocArea.toFixed(4),
      sensitivity: sensitivity.toFixed(4),
      specificity: specificity.toFixed(4)
    }))
  };
}
