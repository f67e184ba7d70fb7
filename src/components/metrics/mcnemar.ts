import {checkCount} from "./check.js";
import {complementaryError} from "./complementaryError.js";
import type {DiscordantPairs} from "./discordantPairs.js";

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
