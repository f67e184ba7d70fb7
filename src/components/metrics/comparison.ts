import {checkCount, checkLength} from "./check.js";
import {complementaryError, meanAndDeviation} from "./statistics.js";

/** How often two classifiers were right on the same cells. */
export interface DiscordantPairs {
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly neither: number;
}

/**
 * Counts the cells that both, one or none of two classifiers called right; each array holds 1 (right) or 0 a cell.
 * @throws RangeError if the lengths differ or an entry is neither 0 nor 1.
 */
export function discordantPairs(firstRight: Uint8Array, secondRight: Uint8Array): DiscordantPairs {
  checkLength("secondRight", secondRight.length, "firstRight", firstRight.length);
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < firstRight.length; i++) {
    for (const [name, flags] of [["firstRight", firstRight] as const, ["secondRight", secondRight] as const]) {
      if (flags[i]! > 1) throw new RangeError(`${name}[${i}] is ${flags[i]}; use 1 for right and 0 for wrong`);
    }
    counts[2 * firstRight[i]! + secondRight[i]!]!++;
  }
  const [neither, onlySecond, onlyFirst, both] = counts as [number, number, number, number];
  return {both, onlyFirst, onlySecond, neither};
}

/** Two-sided McNemar tests of "both classifiers are equally often right". */
export interface McNemar {
  /** Exact binomial P value, 0…1; 1 without discordant cells. */
  readonly exact: number;
  /** Chi-square with one degree of freedom and continuity correction; NaN without discordant cells. */
  readonly chiSquare: number;
  /** P value of `chiSquare`; NaN without discordant cells. */
  readonly approximate: number;
  /** The one to report: `exact` below 25 discordant cells, else `approximate`. */
  readonly pValue: number;
}

/**
 * McNemar's test (1947) on paired calls, from the two discordant counts alone. Exact: twice the lower tail of a
 * Binomial(n, ½), at most 1. Approximate: (|b − c| − 1)² / (b + c) with Edwards' correction, 0 if b = c. Cells of one
 * patient are not independent, so both P values are too small: show them beside a patient bootstrap.
 * @throws RangeError for a count that is not a whole number ≥ 0.
 */
export function mcnemar({onlyFirst, onlySecond}: Pick<DiscordantPairs, "onlyFirst" | "onlySecond">): McNemar {
  checkCount("onlyFirst", onlyFirst);
  checkCount("onlySecond", onlySecond);
  const discordant = onlyFirst + onlySecond;
  const exact = Math.min(1, 2 * lowerTail(Math.min(onlyFirst, onlySecond), discordant));
  const chiSquare = Math.max(0, Math.abs(onlyFirst - onlySecond) - 1) ** 2 / discordant;
  const approximate = complementaryError(Math.sqrt(chiSquare / 2));
  return {exact, chiSquare, approximate, pValue: discordant < 25 ? exact : approximate};
}

/** P(X ≤ most) for X ~ Binomial(trials, ½), as the largest term times a falling geometric-like sum. */
function lowerTail(most: number, trials: number): number {
  let logarithm = -trials * Math.LN2;
  for (let k = 1; k <= most; k++) logarithm += Math.log((trials - k + 1) / k);
  let ratio = 1;
  let sum = 1;
  for (let k = most; k > 0 && ratio > sum * 1e-17; k--) {
    ratio *= k / (trials - k + 1);
    sum += ratio;
  }
  return Math.exp(logarithm) * sum;
}

/**
 * Wilson's score interval (1927) of a share, as if the cells were independent: the naive bar, shown to be compared
 * with the patient bootstrap. `z` is the normal quantile, by default that of 95 %. NaN for no trials.
 * @throws RangeError unless the counts are whole and 0 ≤ successes ≤ trials, and z is finite and above 0.
 */
export function wilsonInterval(
  successes: number,
  trials: number,
  {z = 1.959963984540054} = {}
): {estimate: number; low: number; high: number} {
  checkCount("successes", successes);
  checkCount("trials", trials, successes);
  if (!(z > 0 && z < Infinity)) throw new RangeError(`z is ${z}; it must be finite and above 0`);
  const estimate = successes / trials;
  const centre = (successes + (z * z) / 2) / (trials + z * z);
  const half = (z / (trials + z * z)) * Math.sqrt((successes * (trials - successes)) / trials + (z * z) / 4);
  return {estimate, low: Math.max(0, centre - half), high: Math.min(1, centre + half)};
}

/** Two measurements of the same share, 0…1. */
export interface Agreement {
  name: string;
  truth: number;
  told: number;
}

/** By how much two measurements differ: on average, and the limits between which 95 % of the differences lie. */
export interface LimitsOfAgreement {
  bias: number;
  low: number;
  high: number;
}

/**
 * Bland and Altman's limits of agreement (1986): mean ± 1.96 standard deviations of told − truth.
 * @returns NaN where there are fewer than two measurements
 */
export function limitsOfAgreement(pairs: readonly Agreement[]): LimitsOfAgreement {
  const {mean, deviation} = meanAndDeviation(pairs.map(({truth, told}) => told - truth));
  return {bias: mean, low: mean - 1.96 * deviation, high: mean + 1.96 * deviation};
}
