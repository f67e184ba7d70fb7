import type {Scores} from "./check.js";
import {checkCount, checkPredictions, checkWeights} from "./check.js";
import {partitionPoint, quantileSorted} from "./statistics.js";

/** The mean of `loss(score, label)` over the cells, weighted if `weights` are given; NaN if they sum to 0. */
function meanLoss(
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

/**
 * Brier score, the mean squared distance of score and label (Brier 1950), 0…1, lower is better; NaN if the weights
 * sum to 0.
 * @throws RangeError for invalid scores, labels or weights.
 */
export function brierScore(scores: Scores, labels: Uint8Array, {weights}: {weights?: Float64Array} = {}): number {
  return meanLoss(scores, labels, weights, (score, label) => (score - label) ** 2);
}

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

/** One bar of a reliability diagram; it holds the cells with `low` < score ≤ `high` (the first one also 0). */
export interface CalibrationBin {
  readonly low: number;
  readonly high: number;
  /** Number of cells, or the sum of their weights. */
  readonly count: number;
  /** Mean score of its cells; NaN for an empty bin. */
  readonly meanScore: number;
  /** Share of its cells that are parasitized; NaN for an empty bin. */
  readonly positiveShare: number;
}

/** How to bin; weights count cells without moving the edges, which always come from all the scores. */
export interface CalibrationOptions {
  /** Number of bins, at least 1. */
  bins?: number;
  /** Edges equally far apart in 0…1, or at equally spaced quantiles of the scores (ties may leave bins empty). */
  strategy?: "equal-width" | "equal-mass";
  weights?: Float64Array;
}

/**
 * Reliability of the scores, bin by bin; scikit-learn's `calibration_curve` ("uniform", "quantile"), but with the
 * counts and with empty bins kept, so that bins line up between models and draws.
 * @throws RangeError for invalid scores, labels or weights, or a number of bins that is not a whole number ≥ 1.
 */
export function calibrationCurve(
  scores: Scores,
  labels: Uint8Array,
  {bins = 10, strategy = "equal-width", weights}: CalibrationOptions = {}
): CalibrationBin[] {
  checkPredictions(scores, labels);
  checkCount("bins", bins, 1);
  if (weights) checkWeights(weights, scores.length);
  const shares = Float64Array.from({length: bins + 1}, (_, i) => i / bins);
  const sorted = Float64Array.from(strategy === "equal-mass" ? scores : []).sort();
  const edges = strategy === "equal-mass" ? shares.map((share) => quantileSorted(sorted, share)) : shares;
  const counts = new Float64Array(bins);
  const scoreSums = new Float64Array(bins);
  const positives = new Float64Array(bins);
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    const weight = weights ? weights[i]! : 1;
    const bin = partitionPoint(bins - 1, (inner) => edges[inner + 1]! < score);
    counts[bin]! += weight;
    scoreSums[bin]! += weight * score;
    positives[bin]! += weight * labels[i]!;
  }
  return Array.from(counts, (count, bin) => ({
    low: edges[bin]!,
    high: edges[bin + 1]!,
    count,
    meanScore: scoreSums[bin]! / count,
    positiveShare: positives[bin]! / count
  }));
}

/**
 * Expected calibration error over the bins of `calibrationCurve`: the mean distance of parasitized share and mean
 * score, weighted by count (Naeini et al. 2015), 0…1. It is about P(parasitized), not about the confidence in the
 * class called, and depends on the bins: state them with it. NaN if every bin is empty.
 */
export function expectedCalibrationError(
  bins: readonly Pick<CalibrationBin, "count" | "meanScore" | "positiveShare">[]
): number {
  let sum = 0;
  let total = 0;
  for (const {count, meanScore, positiveShare} of bins) {
    if (count === 0) continue;
    sum += count * Math.abs(positiveShare - meanScore);
    total += count;
  }
  return sum / total;
}

/**
 * Scores after dividing their logits by `temperature` (Guo et al. 2017): above 1 pulls them towards ½, below 1 pushes
 * them away, 1 keeps them. Computed from the odds, so 0, ½ and 1 stay exactly what they are. The order of the scores
 * does not change, nor does anything that only depends on it.
 * @throws RangeError for a score outside 0…1 or a temperature that is not finite and above 0.
 */
export function applyTemperature(scores: Scores, temperature: number): Float64Array {
  if (!(temperature > 0 && temperature < Infinity))
    throw new RangeError(`temperature is ${temperature}; it must be finite and above 0`);
  return Float64Array.from(scores, (score, i) => {
    if (!(score >= 0 && score <= 1))
      throw new RangeError(`scores[${i}] is ${score}; every score must be a probability in 0…1`);
    return 1 / (1 + ((1 - score) / score) ** (1 / temperature));
  });
}

/** @returns a probability, 0…1, whose logit is moved by `offset`: another base rate or another laboratory */
export function shiftLogit(probability: number, offset: number): number {
  return offset === 0 ? probability : 1 / (1 + ((1 - probability) / probability) * Math.exp(-offset));
}

/** @returns a probability's logit, of 0 and 1 that of what lies 1e-7 from them, so that it stays finite */
export function logOdds(probability: number): number {
  const p = Math.max(1e-7, Math.min(1 - 1e-7, probability));
  return Math.log(p / (1 - p));
}

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
