import {headlineSchema} from "../shapes/report.js";
import type {Figure} from "../shapes/report.js";
import {check} from "../shapes/schema.js";
import {DataProblem} from "./read.js";

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

/** The headline figures of a model, as `npm run report` put them into its metadata. @throws DataProblem naming what is missing */
export function headline(metadata: object): Headline {
  const {threshold, split, figures} = check(headlineSchema, metadata, (sentence) => {
    throw new DataProblem("metadata.json", `${sentence}; run npm run report`);
  });
  const {cells, patients, figures: original} = figures.original;
  return {
    fold: split.testFold,
    threshold,
    accuracy: original.accuracy,
    sensitivity: original.sensitivity,
    specificity: original.specificity,
    area: original.rocArea,
    undisputedAccuracy: figures.undisputed.figures.accuracy,
    cells,
    patients
  };
}
