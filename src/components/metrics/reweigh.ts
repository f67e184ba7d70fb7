import {checkWeights} from "./check.js";
import type {ScoreIndex} from "./scoreIndex.js";

/**
 * The same sorted cells counted with weights, in O(n): `weights[i]` ≥ 0 is how often cell i (in the order of the
 * original arrays) counts. Weight 0 leaves a cell out, so a filter or a bootstrap draw costs no sort. Weights replace
 * those of `index`; they are not multiplied.
 * @throws RangeError for a wrong length or a weight that is negative or not finite.
 */
export function reweigh(
  index: Pick<ScoreIndex, "order" | "labels" | "thresholds" | "ends">,
  weights: Float64Array
): ScoreIndex {
  const {order, labels, thresholds, ends} = index;
  checkWeights(weights, order.length);
  const truePositives = new Float64Array(ends.length);
  const falsePositives = new Float64Array(ends.length);
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
