import type {BootstrapOptions} from "./patientBand.js";
import {patientBand} from "./patientBand.js";
import type {Interval} from "./percentileInterval.js";

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
