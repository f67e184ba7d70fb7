import {headlineSchema} from "../shapes/report.js";
import type {Headline} from "../shapes/report.js";
import {check} from "../shapes/schema.js";
import {DataProblem} from "./read.js";
import type {ModelReport} from "./report.js";

/** The headline figures of a model, as `npm run report` put them into its metadata and report. @throws DataProblem naming what is missing */
export function headline(metadata: object, {points, pooled}: Pick<ModelReport, "points" | "pooled">): Headline {
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
    allFolds: pooled && {folds: points.length, accuracy: pooled.original.accuracy!},
    cells,
    patients
  };
}
