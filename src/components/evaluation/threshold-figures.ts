import type {Figure} from "../../data/shapes/report.js";
import {
  accuracy,
  lowestCostPoint,
  matthewsCorrelation,
  patientMatrixBootstrap,
  sensitivity,
  sensitivityAtSpecificity,
  specificity,
  specificityAtSensitivity
} from "../metrics/index.js";
import type {ScoreIndex} from "../metrics/index.js";
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

/** A threshold with a name. */
export interface Preset {
  name: string;
  /**
   * In 0…1; 1 stands for "call no cell parasitized" where only a threshold above every score will do. Null is each
   * fold's own.
   */
  threshold: number | null;
}

/**
 * Thresholds worth a button: the chosen one, those that reach a wished sensitivity or specificity at the best price in
 * the other, and the one of lowest cost when a missed parasite costs `cost` false alarms.
 *
 * All but the first are found on the very cells that are shown, so they flatter.
 */
export function thresholdPresets(index: ScoreIndex, {chosen, cost}: {chosen: number | null; cost: number}): Preset[] {
  const points = [
    {name: "chosen", threshold: chosen},
    ...[0.95, 0.99].map((wish) => ({name: `sensitivity ${wish}`, ...specificityAtSensitivity(index, wish)})),
    ...[0.95, 0.99].map((wish) => ({name: `specificity ${wish}`, ...sensitivityAtSpecificity(index, wish)})),
    {name: `lowest cost at ${cost} : 1`, ...lowestCostPoint(index, cost)}
  ];
  return points
    .filter(({threshold}) => threshold === null || !Number.isNaN(threshold))
    .map(({name, threshold}) => ({name, threshold: threshold === null ? null : Math.min(1, threshold)}));
}
