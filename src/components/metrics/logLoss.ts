import type {Scores} from "./check.js";
import {meanLoss} from "./meanLoss.js";

/**
 * Mean negative log-likelihood in nats, ≥ 0. As in scikit-learn, a score is kept 2⁻⁵² away from 0 and 1, so one
 * certain mistake costs 36 nats, not infinity. NaN if the weights sum to 0.
 * @throws RangeError for invalid scores, labels or weights.
 */
export function logLoss(scores: Scores, labels: Uint8Array, {weights}: {weights?: Float64Array} = {}): number {
  return meanLoss(scores, labels, weights, (score, label) => {
    const kept = Math.min(Math.max(score, Number.EPSILON), 1 - Number.EPSILON);
    return label === 1 ? -Math.log(kept) : -Math.log1p(-kept);
  });
}
