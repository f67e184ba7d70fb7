import {group as groupBy} from "d3";
import {factorsOf} from "../../src/components/evaluation/parts.js";
import {
  accuracy,
  patientBand,
  patientIndex,
  patientMatrices,
  patientMatrixBootstrap,
  reweigher,
  rocArea,
  scoreIndex,
  sensitivity,
  specificity
} from "../../src/components/metrics/index.js";
import type {Interval, PatientIndex} from "../../src/components/metrics/index.js";
import type {ManifestRow} from "../../src/data/shapes/manifest.js";
import type {Figure, Subgroup} from "../../src/data/shapes/report.js";
import type {FigureOptions} from "./figures.js";

/** A cell, its score and whether it is called parasitized. */
export interface AnsweredCell {
  row: ManifestRow;
  score: number;
  called: boolean;
}

/** With fewer patients than this, drawing them anew says nothing about patients in general. */
export const fewestPatients = 5;

/**
 * Figures of every part of every factor, with 95 % percentile intervals from resampling the part's patients.
 *
 * @throws RangeError for invalid scores or options
 */
export function subgroupsOf(cells: readonly AnsweredCell[], options: FigureOptions): Subgroup[] {
  const factors = factorsOf(cells.map(({row}) => row));
  return factors.flatMap(({name, part, groups}) => {
    const parts = groupBy(cells, ({row}) => part(row));
    return (groups ?? [...parts.keys()].filter((key) => key !== null).sort()).map((key) => ({
      factor: name,
      group: key,
      ...figuresOfPart(parts.get(key)!, options)
    }));
  });
}

/** Figures of some cells, with intervals by resampling their patients, where these are enough. */
export function figuresOfPart(
  cells: readonly (Omit<AnsweredCell, "row"> & {row: Pick<ManifestRow, "label" | "patient">})[],
  {draws, seed}: FigureOptions
): Omit<Subgroup, "factor" | "group"> {
  const labels = Uint8Array.from(cells, ({row}) => Number(row.label === "parasitized"));
  const patients = patientIndex(cells.map(({row}) => row.patient));
  const matrices = patientMatrices(
    patients,
    Float64Array.from(cells, ({called}) => Number(called)),
    labels,
    1
  );
  const counted = patientMatrixBootstrap({
    draws: drawsOf(patients, draws),
    seed,
    matrices,
    statistics: {accuracy, sensitivity, specificity}
  });
  const index = scoreIndex(
    Float64Array.from(cells, ({score}) => score),
    labels
  );
  const draw = reweigher(index);
  const [area] = bandOfPart(patients, {draws, seed}, (weights) => [rocArea(draw(weights))]);
  return {
    cells: cells.length,
    patients: patients.names.length,
    figures: {
      accuracy: figureOf(counted.accuracy, patients),
      sensitivity: figureOf(counted.sensitivity, patients),
      specificity: figureOf(counted.specificity, patients),
      rocArea: area!
    }
  };
}

/** Further figures of some cells, of how often each is drawn, with intervals where their patients are enough. */
export function bandOfPart(
  patients: PatientIndex,
  {draws, seed}: FigureOptions,
  statistic: (weights: Float64Array) => number[]
): Figure[] {
  const band = patientBand({patients, draws: drawsOf(patients, draws), seed, statistic});
  return band.map((interval) => figureOf(interval, patients));
}

const hasFew = ({names}: PatientIndex) => names.length < fewestPatients;
const drawsOf = (patients: PatientIndex, draws: number) => (hasFew(patients) ? 1 : draws);

function figureOf({estimate, low, high}: Interval, patients: PatientIndex): Figure {
  const round = (value: number) => Number(value.toFixed(6));
  // Where no draw differs, as of a part without errors, drawing anew says nothing either.
  const isUnknown = hasFew(patients) || low === high;
  return {estimate: round(estimate), low: isUnknown ? NaN : round(low), high: isUnknown ? NaN : round(high)};
}
