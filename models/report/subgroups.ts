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
import type {Interval} from "../../src/components/metrics/index.js";
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
  const few = patients.names.length < fewestPatients;
  const bootstrap = {draws: few ? 1 : draws, seed};
  const counted = patientMatrixBootstrap({...bootstrap, matrices, statistics: {accuracy, sensitivity, specificity}});
  const index = scoreIndex(
    Float64Array.from(cells, ({score}) => score),
    labels
  );
  const draw = reweigher(index);
  const [area] = patientBand({...bootstrap, patients, statistic: (weights) => [rocArea(draw(weights))]});
  const rounded = ({estimate, low, high}: Interval): Figure => ({
    estimate: round(estimate),
    low: few ? NaN : round(low),
    high: few ? NaN : round(high)
  });
  return {
    cells: cells.length,
    patients: patients.names.length,
    figures: {
      accuracy: rounded(counted.accuracy),
      sensitivity: rounded(counted.sensitivity),
      specificity: rounded(counted.specificity),
      rocArea: rounded(area!)
    }
  };
}

function round(value: number): number {
  return Number(value.toFixed(6));
}
