import type {Scores} from "./check.js";
import {meanLoss} from "./meanLoss.js";

/**
 * Brier score, the mean squared distance of score and label (Brier 1950), 0…1, lower is better; NaN if the weights
 * sum to 0.
 * @throws RangeError for invalid scores, labels or weights.
 */
export function brierScore(scores: Scores, labels: Uint8Array, {weights}: {weights?: Float64Array} = {}): number {
  return meanLoss(scores, labels, weights, (score, label) => (score - label) ** 2);
}
