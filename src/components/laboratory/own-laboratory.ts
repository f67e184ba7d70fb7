import type {Dyes} from "../image/stain.js";
import {logOdds} from "../metrics/calibration.js";
import {quantileSorted} from "../metrics/statistics.js";

/** A share and its interval of 95 %. */
export interface Share {
  estimate: number;
  low: number;
  high: number;
}

/** Where healthy cells of a laboratory place the threshold of a network. */
export interface OwnThreshold {
  /** What is added to a cell's logit, so that the network's threshold holds for this laboratory. */
  offset: number;
  /** Share of the laboratory's further healthy cells that this threshold will call parasitized. */
  falseAlarms: Share;
}

/** What a network says of a healthy cell, without any offset, and what the cell is called. */
export interface HealthyCell {
  path: string;
  probability: number;
  dyes: Dyes | null;
}

/** Fewest healthy cells that a threshold is placed by. */
export const FEWEST = 20;
/** Largest share of the pictures that may be refused. */
const MOST_REFUSED = 0.25;
/** How far, in logits, a threshold is moved at most: further out score only parasites. */
const FURTHEST = 4;
/** How far, in log density, half of the cells' dyes may lie from their median: of seven laboratories none lies further. */
const MIXED = 0.6;

/** What keeps a laboratory's cells from placing a threshold, in a sentence that says what to do. */
export class UnfitCells extends Error {}

/**
 * Places a network's threshold by healthy cells: right above the smallest of their scores that leaves at most `rate` of
 * further healthy cells above it. Whatever the scores' distribution, that share is Beta(n + 1 − k, k) where the k-th of n
 * scores is the threshold (Wilks 1941), which gives its mean and its interval.
 * @param cells of one laboratory, all healthy
 * @param threshold of the network, 0…1
 * @param rate wanted share of false alarms, 0…1; with few cells no threshold promises so little, and the highest is taken
 * @throws UnfitCells if some of them are not healthy
 */
export function placeThreshold(cells: readonly HealthyCell[], threshold: number, rate: number): OwnThreshold {
  const sorted = [...cells].sort((a, b) => a.probability - b.probability);
  const count = sorted.length;
  const place = Math.min(count, Math.ceil((count + 1) * (1 - rate)));
  const offset = logOdds(threshold) - logOdds(sorted[place - 1]!.probability) - 1e-6;
  if (offset < -FURTHEST) {
    const high = sorted.filter(({probability}) => logOdds(threshold) - logOdds(probability) < -FURTHEST).reverse();
    const named = high.slice(0, 5).map(({path}) => path);
    throw new UnfitCells(
      `${high.length} of these ${count} cells score as parasites do, not as healthy cells: ${named.join(", ")}${high.length > 5 ? " and others" : ""}. Look at them, leave out what is not a healthy cell, and choose again.`
    );
  }
  const above = count + 1 - place;
  const bound = (share: number) => betaQuantile(share, above, count);
  return {
    offset: Math.min(FURTHEST, offset),
    falseAlarms: {estimate: above / (count + 1), low: bound(0.025), high: bound(0.975)}
  };
}

/**
 * Whether cells can speak for a laboratory.
 * @param chosen how many pictures were chosen
 * @throws UnfitCells if too few or too many were refused, or if they have more than one stain
 */
export function checkCells(cells: readonly HealthyCell[], chosen: number): void {
  const nothing = "Nothing was changed.";
  if (cells.length < FEWEST) {
    const some =
      chosen > cells.length
        ? `${cells.length} of these ${chosen} pictures could be used`
        : `These are ${chosen} pictures`;
    throw new UnfitCells(
      `${some}; it takes at least ${FEWEST}. ${nothing} Choose more pictures of single healthy cells.`
    );
  }
  if (chosen - cells.length > MOST_REFUSED * chosen) {
    throw new UnfitCells(
      `${chosen - cells.length} of these ${chosen} pictures show no single cell that can be judged. ${nothing} Cut single cells out and choose again.`
    );
  }
  if (mixtureOf(cells.flatMap(({dyes}) => dyes ?? [])) > MIXED) {
    throw new UnfitCells(
      `These cells differ in stain or light more than those of one laboratory do. ${nothing} Choose cells of one stain, taken with one lamp and camera.`
    );
  }
}

/** Median distance of dyes, by their logarithms, from their own median. @param dyes red, green and blue of each cell in a row */
function mixtureOf(dyes: readonly number[]): number {
  const logs = dyes.map((value) => Math.log(Math.max(0.01, value)));
  const channel = (n: number) => Float64Array.from(logs.filter((_, at) => at % 3 === n)).sort();
  const middle = [0, 1, 2].map((n) => quantileSorted(channel(n), 0.5));
  const distances = Float64Array.from({length: logs.length / 3}, (_, cell) =>
    Math.hypot(...middle.map((value, n) => logs[cell * 3 + n]! - value))
  );
  return quantileSorted(distances.sort(), 0.5);
}

/**
 * The point below which a Beta(above, count + 1 − above) distribution has a share, by bisection: its distribution
 * function at x is the chance of at least `above` successes among `count` of chance x.
 */
function betaQuantile(share: number, above: number, count: number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 50; step++) {
    const x = (low + high) / 2;
    if (1 - chanceOfFewer(above, count, x) < share) low = x;
    else high = x;
  }
  return (low + high) / 2;
}

/** The chance of fewer than `above` successes among `count` of chance x, 0 < x < 1. */
function chanceOfFewer(above: number, count: number, x: number): number {
  let term = count * Math.log1p(-x);
  let sum = 0;
  for (let successes = 0; successes < above; successes++) {
    sum += Math.exp(term);
    term += Math.log((count - successes) / (successes + 1)) + Math.log(x) - Math.log1p(-x);
  }
  return sum;
}
