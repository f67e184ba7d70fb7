import {group as groupBy} from "d3";
import {
  accuracy,
  patientBand,
  patientIndex,
  patientMatrices,
  patientMatrixBootstrap,
  quantileSorted,
  reweigh,
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

interface Factor {
  name: string;
  /** Name of a cell's part, or null where that is not known. */
  part: (row: ManifestRow) => string | null;
  /** The parts in their order; by name if it is left out. */
  groups?: string[];
}

/**
 * Figures of every part of every factor, with 95 % percentile intervals from resampling the part's patients.
 *
 * The factors are all that the set knows of: the microscope of the one patient seen through two, the family of file
 * names (the only trace of how a smear was prepared and photographed), size of the crop, brightness, hue, black frame.
 *
 * @throws RangeError for invalid scores or options
 */
export function subgroupsOf(cells: readonly AnsweredCell[], options: FigureOptions): Subgroup[] {
  const rows = cells.map(({row}) => row);
  const factors: Factor[] = [
    {name: "microscope", part: ({photograph}) => /Motic|Olympus/.exec(photograph)?.[0] ?? null},
    {name: "file name", part: ({photograph}) => nameFamily(photograph)},
    {name: "crop size", ...quarters(rows, ({width, height}) => width && height && Math.sqrt(width * height), " px")},
    {name: "brightness", ...quarters(rows, ({brightness}) => brightness)},
    {name: "hue", ...quarters(rows, ({hue}) => (hue > 180 ? hue - 360 : hue), "°")},
    {name: "black frame", ...quarters(rows, ({frame}) => frame)}
  ];
  return factors.flatMap(({name, part, groups}) => {
    const parts = groupBy(cells, ({row}) => part(row));
    return (groups ?? [...parts.keys()].filter((key) => key !== null).sort()).map((key) => ({
      ...{factor: name, group: key},
      ...figuresOfPart(parts.get(key)!, options)
    }));
  });
}

/** What follows case and patient number in a photograph's name: `C68P29N_ThinF_IMG_…` is of the family `nthinf`. */
export function nameFamily(photograph: string): string {
  return photograph
    .replace(/_IMG_.*$/, "")
    .replace(/^C\d+[AB]?(P\d+)?/, "")
    .replace(/Motic|OlympusCX21/, "")
    .replaceAll("_", "")
    .toLowerCase();
}

/** Parts cells at the quartiles of a measure; those where it is null belong to none. */
function quarters(
  rows: readonly ManifestRow[],
  measure: (row: ManifestRow) => number | null,
  unit = ""
): Pick<Factor, "part" | "groups"> {
  const values = Float64Array.from(rows.map(measure).filter((value) => value !== null)).sort();
  const cuts = [0.25, 0.5, 0.75].map((share) => quantileSorted(values, share));
  const [low, middle, high] = cuts.map((cut) => `${Number(cut.toPrecision(3))}${unit}`);
  const groups = [`up to ${low}`, `${low} to ${middle}`, `${middle} to ${high}`, `above ${high}`];
  const part = (row: ManifestRow) => {
    const value = measure(row);
    return value === null ? null : groups[cuts.filter((cut) => value > cut).length]!;
  };
  return {part, groups: groups.filter((name) => rows.some((row) => part(row) === name))};
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
  const [area] = patientBand({...bootstrap, patients, statistic: (weights) => [rocArea(reweigh(index, weights))]});
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
