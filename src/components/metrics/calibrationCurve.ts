import type {Scores} from "./check.js";
import {checkCount, checkPredictions, checkWeights} from "./check.js";
import {partitionPoint} from "./partitionPoint.js";
import {quantileSorted} from "./quantileSorted.js";

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
