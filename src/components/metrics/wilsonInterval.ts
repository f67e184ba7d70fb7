import {checkCount} from "./check.js";

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
