import {drawPatients} from "./drawPatients.js";
import type {PatientIndex} from "./patientIndex.js";
import type {Interval} from "./percentileInterval.js";
import {percentileInterval} from "./percentileInterval.js";

/** What a bootstrap over patients needs. */
export interface BootstrapOptions<Statistic> {
  patients: PatientIndex;
  /** Number of draws. */
  draws?: number;
  /** Whole number in 0…2³² − 1. */
  seed: number;
  /** Share of the draws inside the interval. */
  level?: number;
  /** Pure function of one weight a cell, in the order of `patients.codes`; it must not keep the array. */
  statistic: (weights: Float64Array) => Statistic;
}

/**
 * Pointwise intervals of several figures at once, or of a curve on a grid, by resampling patients: see
 * `patientBootstrap`. One interval for each entry of what `statistic` returns. For a ROC band:
 * `statistic: (weights) => rocOnGrid(reweigh(index, weights), grid)`.
 * @throws RangeError for an invalid number of draws, seed or level.
 */
export function patientBand({
  patients,
  draws = 2000,
  seed,
  level = 0.95,
  statistic
}: BootstrapOptions<ArrayLike<number>>): Interval[] {
  const {names, codes} = patients;
  const weights = new Float64Array(codes.length).fill(1);
  const estimates = Float64Array.from(statistic(weights));
  const values = Array.from(estimates, () => new Float64Array(draws));
  let draw = 0;
  for (const picked of drawPatients({count: names.length, draws, seed})) {
    for (let i = 0; i < codes.length; i++) weights[i] = picked[codes[i]!]!;
    const figures = statistic(weights);
    values.forEach((series, i) => (series[draw] = figures[i]!));
    draw++;
  }
  return values.map((series, i) => percentileInterval(estimates[i]!, series, level));
}
