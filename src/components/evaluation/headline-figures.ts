import type {Figure} from "../../data/shapes/evaluation.js";
import {accuracy, matthewsCorrelation, patientMatrixBootstrap, sensitivity, specificity} from "../metrics/index.js";
import type {Current} from "./current.js";

/** The figures that stand at the top of the page, in order. */
export const headlineNames = ["accuracy", "sensitivity", "specificity", "rocArea", "matthewsCorrelation"] as const;
export type HeadlineName = (typeof headlineNames)[number];

/** The headline figures at the current threshold, without intervals; O(1). */
export function headlineEstimates({matrix, curves}: Pick<Current, "matrix" | "curves">): Record<HeadlineName, number> {
  return {
    accuracy: accuracy(matrix),
    sensitivity: sensitivity(matrix),
    specificity: specificity(matrix),
    rocArea: curves.area,
    matthewsCorrelation: matthewsCorrelation(matrix)
  };
}

/**
 * The 95 % intervals of the headline figures by resampling patients.
 *
 * They are report.json's where its thresholds are the current ones; at another threshold they are drawn here, with the same
 * seed and number of draws. The ROC area has no threshold: its interval is always report.json's.
 */
export function headlineIntervals(
  {
    threshold,
    model,
    group,
    selection,
    patients
  }: Pick<Current, "threshold" | "model" | "group" | "selection" | "patients">,
  {draws, seed}: {draws: number; seed: number}
): Record<HeadlineName, Figure> {
  const reported = group.figures[selection.labels] as Record<HeadlineName, Figure>;
  const points = group.fold === "all" ? model.points : model.points.filter(({fold}) => String(fold) === group.fold);
  if (threshold === null || points.every((point) => point.threshold === threshold)) return reported;
  const drawn = patientMatrixBootstrap({
    draws,
    seed,
    matrices: patients.map(({matrix}) => matrix),
    statistics: {accuracy, sensitivity, specificity, matthewsCorrelation}
  });
  return {...drawn, rocArea: reported.rocArea};
}
