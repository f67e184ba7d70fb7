import {checkCount} from "./check.js";
import type {ConfusionMatrix} from "./confusion-matrix.js";
import {sumMatrices} from "./confusion-matrix.js";
import type {PatientIndex} from "./patients.js";
import {quantileSorted, random} from "./statistics.js";

/**
 * Bootstrap draws of patients: each draw picks `count` of the `count` patients with replacement and yields how often
 * each was picked. The array is the same one every time, refilled. The draws depend only on `count` and `seed`, so
 * intervals of different figures and models rest on the same draws.
 * @throws RangeError unless count and draws are whole numbers ≥ 1 and the seed fits 32 bits.
 */
export function* drawPatients({
  count,
  draws,
  seed
}: {
  count: number;
  draws: number;
  seed: number;
}): Generator<Float64Array> {
  checkCount("count", count, 1);
  checkCount("draws", draws, 1);
  const uniform = random(seed);
  const picked = new Float64Array(count);
  for (let draw = 0; draw < draws; draw++) {
    picked.fill(0);
    for (let i = 0; i < count; i++) picked[Math.floor(uniform() * count)]!++;
    yield picked;
  }
}

/** A bootstrap interval. */
export interface Interval {
  /** The figure itself, from all patients once. */
  readonly estimate: number;
  /** Lower end; NaN if no draw had a defined figure. */
  readonly low: number;
  /** Upper end; NaN if no draw had a defined figure. */
  readonly high: number;
  /** Draws without a defined figure (such as a draw without parasitized cells), left out of the interval. */
  readonly undefinedDraws: number;
}

/**
 * The percentile interval (Efron 1981) that leaves (1 − level) / 2 of the defined `values` on either side.
 * @throws RangeError unless the level lies strictly between 0 and 1.
 */
export function percentileInterval(estimate: number, values: Float64Array, level: number): Interval {
  if (!(level > 0 && level < 1)) throw new RangeError(`level is ${level}; it must lie between 0 and 1`);
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const tail = (1 - level) / 2;
  return {
    estimate,
    low: quantileSorted(sorted, tail),
    high: quantileSorted(sorted, 1 - tail),
    undefinedDraws: values.length - sorted.length
  };
}

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

/**
 * Percentile interval of a figure by resampling whole patients with replacement, since cells of one patient resemble
 * each other and resampling cells would make the interval far too short. `statistic` gets one weight a cell, how often
 * its patient was drawn, and must honour it: `(weights) => rocArea(reweigh(index, weights))`, or
 * `(weights) => brierScore(scores, labels, {weights})`. A paired difference of two models is one statistic too.
 * For figures of the confusion matrix `patientMatrixBootstrap` gives the same interval much faster.
 * @throws RangeError for an invalid number of draws, seed or level.
 */
export function patientBootstrap({statistic, ...options}: BootstrapOptions<number>): Interval {
  return patientBand({...options, statistic: (weights) => [statistic(weights)]})[0]!;
}

/**
 * Percentile intervals of figures of the pooled confusion matrix by resampling patients, such as
 * `statistics: {accuracy, sensitivity}`; one interval each, all from the same draws. `matrices` holds one matrix a
 * patient in the order of `patientIndex(…).names`; with the same seed the draws are those of `patientBootstrap`. A draw
 * costs O(patients), not O(cells): 2,000 draws of 200 patients take about 10 ms.
 * @throws RangeError for no matrices or an invalid number of draws, seed or level.
 */
export function patientMatrixBootstrap<Name extends string>({
  matrices,
  draws = 2000,
  seed,
  level = 0.95,
  statistics
}: {
  matrices: readonly ConfusionMatrix[];
  draws?: number;
  seed: number;
  level?: number;
  statistics: Record<Name, (matrix: ConfusionMatrix) => number>;
}): Record<Name, Interval> {
  const sums = Array.from(drawPatients({count: matrices.length, draws, seed}), (picked) =>
    sumMatrices(matrices, picked)
  );
  const pooled = sumMatrices(matrices);
  const intervals = Object.entries<(matrix: ConfusionMatrix) => number>(statistics).map(([name, statistic]) => [
    name,
    percentileInterval(statistic(pooled), Float64Array.from(sums, statistic), level)
  ]);
  return Object.fromEntries(intervals) as Record<Name, Interval>;
}
