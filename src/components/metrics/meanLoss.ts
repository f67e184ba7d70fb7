import type {Scores} from "./check.js";
import {checkPredictions, checkWeights} from "./check.js";

/** The mean of `loss(score, label)` over the cells, weighted if `weights` are given; NaN if they sum to 0. */
export function meanLoss(
  scores: Scores,
  labels: Uint8Array,
  weights: Float64Array | undefined,
  loss: (score: number, label: number) => number
): number {
  checkPredictions(scores, labels);
  if (weights) checkWeights(weights, scores.length);
  let sum = 0;
  let total = 0;
  for (let i = 0; i < scores.length; i++) {
    const weight = weights ? weights[i]! : 1;
    if (weight === 0) continue;
    sum += weight * loss(scores[i]!, labels[i]!);
    total += weight;
  }
  return sum / total;
}
