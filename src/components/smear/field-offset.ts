import type {FoundAnswer} from "../classifier/protocol.js";
import {logOdds, shiftLogit} from "../metrics/calibration.js";
import {quantileSorted} from "../metrics/statistics.js";

/** Share of a field's doubtful and healthy cells that are surely healthy, the least suspicious ones. */
const SURELY_HEALTHY = 0.35;
/** Cells that score so far above the threshold, in logits, are parasitized whatever the field: they say nothing of its healthy ones. */
const SURELY_PARASITIZED = 2;
/** The gate's offset weighs as much as so many cells. */
const WEIGHT = 50;
/** How far, in logits, a field's cells are moved at most. */
const FURTHEST = 2.5;

/** What a network's scores of a field are held against. */
export interface FieldReference {
  /** From which on a cell is called parasitized, 0…1. */
  threshold: number;
  /** The network's {@link healthyScore}; where it is not known the gate's offset stands. */
  healthyScore?: number | undefined;
}

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
 * that of healthy cells does, all its cells are moved down by the difference; never up. Cells that are surely parasitized are
 * left out of that, so that a heavily infected field is not taken for a new lamp. What few cells say is drawn towards the gate's
 * offset.
 * @param scores P(parasitized) of all cells of the field by one network, without any offset
 * @param gate the offset that the gate gives them
 * @returns at most 0
 */
export function fieldOffset(
  scores: readonly number[],
  gate: number,
  {threshold, healthyScore: healthy}: FieldReference
): number {
  const sure = shiftLogit(threshold, SURELY_PARASITIZED);
  const doubtful = scores.filter((score) => score < sure);
  if (healthy === undefined || doubtful.length === 0) return gate;
  const higher = logOdds(healthyScore(doubtful)) - logOdds(healthy);
  const own = -Math.max(0, Math.min(FURTHEST, higher));
  return (doubtful.length * own + WEIGHT * gate) / (doubtful.length + WEIGHT);
}

/**
 * Answers of one network on all cells of a field, moved from the gate's offset to the field's own.
 * @returns P(parasitized) of each
 */
export function atFieldOffset(
  answers: readonly Pick<FoundAnswer, "probability" | "offset">[],
  reference: FieldReference
): number[] {
  const scores = answers.map(({probability, offset}) => shiftLogit(probability, -offset));
  const offset = fieldOffset(scores, answers[0]?.offset ?? 0, reference);
  return scores.map((score) => shiftLogit(score, offset));
}
