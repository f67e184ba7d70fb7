import type {HealthyCells} from "../../data/shapes/smear.js";
import {drawPatients, percentileInterval} from "../metrics/bootstrap.js";
import {checkCount} from "../metrics/check.js";
import {wilsonInterval} from "../metrics/comparison.js";
import {partitionPoint} from "../metrics/statistics.js";

/** What was counted in a field, or in all of them. */
export interface Count {
  /** Whole single red cells. */
  cells: number;
  /** Those called parasitized. */
  infected: number;
}

/** A share of infected cells with its interval of 95 %, and what that rests on. */
export interface Parasitaemia {
  estimate: number;
  low: number;
  high: number;
  by: "cells" | "fields";
}

/** Fields from which on they are resampled: with fewer the interval would be too short. */
export const FEWEST_FIELDS = 5;
const [DRAWS, SEED] = [2000, 2020];

/** Sums counts. */
export function total(counts: readonly Count[]): Count {
  const sum = {cells: 0, infected: 0};
  for (const {cells, infected} of counts) {
    sum.cells += cells;
    sum.infected += infected;
  }
  return sum;
}

/**
 * The share of infected cells, NaN without cells. Of few fields its interval is Wilson's, as if cells were independent; from
 * {@link FEWEST_FIELDS} on fields with cells are resampled with replacement, since parasites are not spread evenly over a
 * smear. Where all fields say the same share, as where none is infected, resampling says nothing and Wilson's stands.
 */
export function parasitaemia(fields: readonly Count[]): Parasitaemia {
  const some = fields.filter(({cells}) => cells > 0);
  const all = total(some);
  const wilson = {...wilsonInterval(all.infected, all.cells), by: "cells"} as const;
  const differ = some.some(({cells, infected}) => infected * all.cells !== all.infected * cells);
  if (some.length < FEWEST_FIELDS || !differ) return wilson;
  const shares = Array.from(drawPatients({count: some.length, draws: DRAWS, seed: SEED}), (picked) => {
    let [cells, infected] = [0, 0];
    some.forEach((field, n) => {
      cells += picked[n]! * field.cells;
      infected += picked[n]! * field.infected;
    });
    return infected / cells;
  });
  const {estimate, low, high} = percentileInterval(all.infected / all.cells, Float64Array.from(shares), 0.95);
  return {estimate, low, high, by: "fields"};
}

/**
 * How many of `cells` healthy cells a network will call parasitized, after what it did on measured ones: the beta-binomial
 * distribution that follows from these with Jeffreys' prior, Beta(½, ½).
 * @returns `chances[k]` of exactly k false alarms, k from 0 to `cells`
 * @throws RangeError unless counts are whole and falseAlarms lie in 0…cells measured
 */
export function falseAlarmChances(cells: number, measured: Omit<HealthyCells, "laboratory">): Float64Array {
  checkCount("cells", cells);
  if (!(measured.falseAlarms >= 0 && measured.falseAlarms <= measured.cells)) {
    throw new RangeError(`${measured.falseAlarms} false alarms of ${measured.cells} healthy cells cannot be`);
  }
  const a = measured.falseAlarms + 0.5;
  const b = measured.cells - measured.falseAlarms + 0.5;
  // From P(0) on by the ratio of neighbours, in logarithms: P(0) may be smaller than any number.
  let logarithm = 0;
  for (let k = 0; k < cells; k++) logarithm += Math.log((b + k) / (a + b + k));
  const chances = new Float64Array(cells + 1);
  for (let k = 0; k <= cells; k++) {
    chances[k] = Math.exp(logarithm);
    logarithm += Math.log(((cells - k) * (a + k)) / ((k + 1) * (b + cells - k - 1)));
  }
  return chances;
}

/**
 * The same where it is not known which of some laboratories the cells are like: each is as likely as any other.
 * @param laboratories at least one
 */
export function mixedChances(cells: number, laboratories: readonly HealthyCells[]): Float64Array {
  const mixed = new Float64Array(cells + 1);
  for (const measured of laboratories) {
    falseAlarmChances(cells, measured).forEach((chance, k) => (mixed[k]! += chance / laboratories.length));
  }
  return mixed;
}

/** False alarms to expect, and the ends between which they lie with a chance of 95 %. */
export interface FalseAlarms {
  expected: number;
  low: number;
  high: number;
}

/** Sums up {@link falseAlarmChances}. */
export function falseAlarms(chances: Float64Array): FalseAlarms {
  const sums = new Float64Array(chances.length);
  let [expected, sum] = [0, 0];
  chances.forEach((chance, k) => {
    expected += k * chance;
    sums[k] = sum += chance;
  });
  const quantile = (share: number) =>
    Math.min(
      chances.length - 1,
      partitionPoint(sums.length, (k) => sums[k]! < share)
    );
  return {expected, low: quantile(0.025), high: quantile(0.975)};
}

/** The chance of at least so many false alarms, 0…1: that a count of them is nothing else. */
export function chanceOfNone(infected: number, chances: Float64Array): number {
  return Math.min(
    1,
    chances.subarray(infected).reduce((sum, chance) => sum + chance, 0)
  );
}

/** A count of which false alarms alone make as much less often than this counts as telling parasites. */
const SELDOM = 0.05;

/**
 * The lowest parasitaemia that so many cells tell from none: with it the network's count exceeds, in 95 of 100 such smears, what
 * false alarms alone make in 5 of 100.
 * @param sensitivity share of infected cells that the network calls parasitized
 * @returns null where no parasitaemia is told, since there are too few cells
 */
export function lowestTold(chances: Float64Array, sensitivity: number): number | null {
  const cells = chances.length - 1;
  let needed = chances.length;
  for (let tail = 0; needed > 0 && tail + chances[needed - 1]! <= SELDOM; needed--) tail += chances[needed - 1]!;
  if (needed > cells) return null;
  const rate = falseAlarms(chances).expected / cells;
  const isTold = (share: number) =>
    binomialAtLeast(needed, cells, share * sensitivity + (1 - share) * rate) >= 1 - SELDOM;
  if (!isTold(1)) return null;
  const steps = 10_000;
  return partitionPoint(steps, (step) => !isTold(step / steps)) / steps;
}

/** The chance of at least `least` successes among `trials` of chance `p`. */
function binomialAtLeast(least: number, trials: number, p: number): number {
  if (least <= 0 || p >= 1) return 1;
  if (p <= 0) return 0;
  const odds = Math.log(p / (1 - p));
  let logarithm = trials * Math.log1p(-p);
  let below = 0;
  for (let k = 0; k < least; k++) {
    below += Math.exp(logarithm);
    logarithm += Math.log((trials - k) / (k + 1)) + odds;
  }
  return Math.max(0, 1 - below);
}

/** Red cells in a microlitre of blood that are assumed where nobody has counted them (WHO 2010). */
export const ASSUMED_RED_CELLS = 5_000_000;

/** Parasites a microlitre: the share of infected cells times the red cells that a microlitre is taken to hold. */
export function perMicrolitre({estimate, low, high, by}: Parasitaemia, redCells: number): Parasitaemia {
  return {estimate: estimate * redCells, low: low * redCells, high: high * redCells, by};
}
