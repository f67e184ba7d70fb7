import type {FoundAnswer} from "../classifier/protocol.js";
import {shiftLogit} from "../metrics/calibration.js";
import {quantileSorted} from "../metrics/statistics.js";

/** Share of cells that are surely healthy, the least suspicious ones: true of any field with fewer than two thirds infected. */
const SURELY_HEALTHY = 0.35;
/** The gate's offset weighs as much as so many cells. */
const WEIGHT = 50;
/** How far, in logits, a field's cells are moved at most: where nearly all are infected, most are still called so. */
const FURTHEST = 2.5;

/**
 * What a field's cells are held against: of healthy cells of patients like those trained on, 35 % score lower.
 * @param scores P(parasitized) of such cells
 * @returns 0…1, NaN of no cells
 */
export function healthyScore(scores: Iterable<number>): number {
  return quantileSorted(Float64Array.from(scores).sort(), SURELY_HEALTHY);
}

/**
 * What is added to the logits of a field's cells. A lamp, a stain or a camera that is new to a network moves the scores of
 * all cells of a field alike, and most cells of a smear are healthy: where a field's least suspicious third scores higher than
 * that of healthy cells does, all its cells are moved down by the difference; never up. What few cells say is drawn towards
 * the gate's offset.
 * @param scores P(parasitized) of all cells of the field by one network, without any offset
 * @param options.healthy the network's {@link healthyScore}; where it is not known the gate's offset stands
 * @param options.gate the offset that the gate gives them
 * @returns at most 0
 */
export function fieldOffset(
  scores: readonly number[],
  {healthy, gate}: {healthy: number | undefined; gate: number}
): number {
  if (healthy === undefined || scores.length === 0) return gate;
  const higher = logOdds(healthyScore(scores)) - logOdds(healthy);
  const own = -Math.max(0, Math.min(FURTHEST, higher));
  return (scores.length * own + WEIGHT * gate) / (scores.length + WEIGHT);
}

/**
 * Answers of one network on all cells of a field, moved from the gate's offset to the field's own.
 * @param healthy the network's {@link healthyScore}
 * @returns P(parasitized) of each
 */
export function atFieldOffset(
  answers: readonly Pick<FoundAnswer, "probability" | "offset">[],
  healthy: number | undefined
): number[] {
  const scores = answers.map(({probability, offset}) => shiftLogit(probability, -offset));
  const offset = fieldOffset(scores, {healthy, gate: answers[0]?.offset ?? 0});
  return scores.map((score) => shiftLogit(score, offset));
}

function logOdds(probability: number): number {
  const p = Math.max(1e-7, Math.min(1 - 1e-7, probability));
  return Math.log(p / (1 - p));
}
