import type {Scores} from "./check.js";
import {checkPredictions} from "./check.js";

/**
 * The temperature (Guo et al. 2017) that gives these scores the lowest log loss, searched in 0.01…100. Fit it on
 * validation cells, never on those it is judged by. The loss is convex in 1 / T, so Newton steps on its slope, kept
 * inside a shrinking bracket, find the only minimum to about 12 digits. If the loss still falls at an end, that end is
 * the answer: 0.01 when every score is on its label's side of ½, 100 when the scores say nothing or the opposite.
 * Logits are those of scores kept 2⁻⁵² away from 0 and 1, as in `logLoss`.
 * @throws RangeError for invalid scores or labels.
 */
export function fitTemperature(scores: Scores, labels: Uint8Array): number {
  checkPredictions(scores, labels);
  const logits = Float64Array.from(scores, (score) => {
    const kept = Math.min(Math.max(score, Number.EPSILON), 1 - Number.EPSILON);
    return Math.log(kept) - Math.log1p(-kept);
  });
  const slopes = (inverse: number): {slope: number; curvature: number} => {
    let slope = 0;
    let curvature = 0;
    for (let i = 0; i < logits.length; i++) {
      const logit = logits[i]!;
      const score = 1 / (1 + Math.exp(-logit * inverse));
      slope += logit * (score - labels[i]!);
      curvature += logit * logit * score * (1 - score);
    }
    return {slope, curvature};
  };
  let low = 0.01;
  let high = 100;
  if (slopes(low).slope >= 0) return 1 / low;
  if (slopes(high).slope <= 0) return 1 / high;
  let inverse = 1;
  for (let round = 0; round < 100; round++) {
    const {slope, curvature} = slopes(inverse);
    if (slope > 0) high = inverse;
    else low = inverse;
    const step = slope / curvature;
    if (Math.min(Math.abs(step), high - low) <= 1e-13 * inverse) break;
    const newton = inverse - step;
    inverse = newton > low && newton < high ? newton : (low + high) / 2;
  }
  return 1 / inverse;
}
