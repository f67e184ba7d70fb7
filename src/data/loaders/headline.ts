import type {Figure} from "../shapes/evaluation.js";
import type {Metadata} from "./metadata.js";
import {DataProblem} from "./problem.js";
import {isObject} from "./read-json.js";

/** The figures that the landing page and the model card state about the shipped network, with intervals by patient. */
export interface Headline {
  fold: number;
  cells: number;
  patients: number;
  threshold: number;
  accuracy: Figure;
  sensitivity: Figure;
  specificity: Figure;
  area: Figure;
  /** Accuracy on the cells whose label nobody disputes. */
  undisputedAccuracy: Figure;
}

const file = "metadata.json";

/** The headline figures of a model, as `npm run report` put them into its metadata. @throws DataProblem naming what is missing */
export function headline({threshold, split, figures}: Metadata): Headline {
  const sets = figures as Partial<Record<string, {cells: number; patients: number; figures: Record<string, Figure>}>> | undefined;
  if (threshold === null) throw new DataProblem(file, "there is no threshold; run npm run report");
  if (!isObject(split) || typeof split.testFold !== "number")
    throw new DataProblem(file, "split.testFold must be a number");
  const read = (set: string, name: string): Figure => {
    const figure = sets?.[set]?.figures[name];
    if (!isObject(figure)) throw new DataProblem(file, `figures.${set}.${name} is missing; run npm run report`);
    return figure as unknown as Figure;
  };
  return {
    fold: split.testFold,
    threshold,
    accuracy: read("original", "accuracy"),
    sensitivity: read("original", "sensitivity"),
    specificity: read("original", "specificity"),
    area: read("original", "rocArea"),
    undisputedAccuracy: read("undisputed", "accuracy"),
    cells: sets!.original!.cells,
    patients: sets!.original!.patients
  };
}
