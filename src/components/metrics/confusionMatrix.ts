import {checkNumber} from "./check.js";
import {partitionPoint} from "./partitionPoint.js";
import type {ScoreIndex} from "./scoreIndex.js";

/** Numbers of cells (or sums of weights) by truth and prediction; positive = parasitized. */
export interface ConfusionMatrix {
  readonly truePositives: number;
  readonly falseNegatives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
}

/**
 * The confusion matrix when a cell is called parasitized at score ≥ `threshold`, in O(log n). Any number will do as
 * a threshold: above the highest score no cell is called parasitized, at or below the lowest every cell is.
 * @throws RangeError if the threshold is NaN.
 */
export function confusionMatrix(
  {thresholds, truePositives, falsePositives, positives, negatives}: ScoreIndex,
  threshold: number
): ConfusionMatrix {
  checkNumber("threshold", threshold);
  const last = partitionPoint(thresholds.length, (i) => thresholds[i]! >= threshold) - 1;
  const [found, alarms] = last < 0 ? [0, 0] : [truePositives[last]!, falsePositives[last]!];
  return {
    truePositives: found,
    falseNegatives: positives - found,
    falsePositives: alarms,
    trueNegatives: negatives - alarms
  };
}
