import type {Scores} from "./check.js";
import {checkPredictions, checkWeights} from "./check.js";

/** Cells sorted by falling score, with counts running over the m distinct scores: everything a curve needs. */
export interface ScoreIndex {
  /** Numbers of the n cells, highest score first; equal scores keep their order. */
  readonly order: Uint32Array;
  /** Labels of the n cells in that order, 1 = parasitized. */
  readonly labels: Uint8Array;
  /** The m distinct scores, falling. */
  readonly thresholds: Float64Array;
  /** For each threshold, how many cells score at least that much. */
  readonly ends: Uint32Array;
  /** For each threshold, the (weighted) number of parasitized cells that score at least that much. */
  readonly truePositives: Float64Array;
  /** For each threshold, the (weighted) number of uninfected cells that score at least that much. */
  readonly falsePositives: Float64Array;
  /** (Weighted) number of parasitized cells. */
  readonly positives: number;
  /** (Weighted) number of uninfected cells. */
  readonly negatives: number;
}

/**
 * Sorts the cells once, O(n log n), so that the confusion matrix at any threshold takes O(log n) and a curve O(n).
 * `scores` are P(parasitized) in 0…1 and `labels` 1 = parasitized; the index keeps neither array. Weights come in
 * with `reweigh`, in O(n) and without a new sort.
 * @throws RangeError for empty or unequal arrays, a score outside 0…1 or NaN, a label other than 0 and 1.
 */
export function scoreIndex(scores: Scores, labels: Uint8Array): ScoreIndex {
  checkPredictions(scores, labels);
  const order = Uint32Array.from(scores, (_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const ends = [];
  for (let i = 1; i <= order.length; i++) {
    if (i === order.length || scores[order[i]!] !== scores[order[i - 1]!]) ends.push(i);
  }
  const sorted = {
    order,
    labels: Uint8Array.from(order, (cell) => labels[cell]!),
    ends: Uint32Array.from(ends),
    thresholds: Float64Array.from(ends, (end) => scores[order[end - 1]!]!)
  };
  return reweigh(sorted, new Float64Array(order.length).fill(1));
}

/**
 * The same sorted cells counted with weights, in O(n): `weights[i]` ≥ 0 is how often cell i (in the order of the
 * original arrays) counts. Weight 0 leaves a cell out, so a filter or a bootstrap draw costs no sort. Weights replace
 * those of `index`; they are not multiplied.
 * @param used an index of the same cells that nobody needs any more: its counts are overwritten, so that thousands of draws
 * take no new memory.
 * @throws RangeError for a wrong length or a weight that is negative or not finite.
 */
export function reweigh(
  index: Pick<ScoreIndex, "order" | "labels" | "thresholds" | "ends">,
  weights: Float64Array,
  used?: ScoreIndex
): ScoreIndex {
  const {order, labels, thresholds, ends} = index;
  checkWeights(weights, order.length);
  const {truePositives, falsePositives} = used ?? {
    truePositives: new Float64Array(ends.length),
    falsePositives: new Float64Array(ends.length)
  };
  let positives = 0;
  let negatives = 0;
  for (let step = 0, row = 0; step < ends.length; step++) {
    for (const end = ends[step]!; row < end; row++) {
      const weight = weights[order[row]!]!;
      if (labels[row] === 1) positives += weight;
      else negatives += weight;
    }
    truePositives[step] = positives;
    falsePositives[step] = negatives;
  }
  return {order, labels, thresholds, ends, truePositives, falsePositives, positives, negatives};
}

/**
 * Reweighs the same cells draw after draw: each draw is counted into the arrays of the one before, so that thousands take no
 * new memory, and holds until the next.
 */
export function reweigher(index: ScoreIndex): (weights: Float64Array) => ScoreIndex {
  let used: ScoreIndex | undefined;
  return (weights) => (used = reweigh(index, weights, used));
}
