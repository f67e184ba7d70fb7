import {checkShare} from "./check.js";
import {partitionPoint} from "./partitionPoint.js";
import type {ScoreIndex} from "./scoreIndex.js";

/**
 * Precision at each wished recall (0…1): that of the highest threshold which reaches the recall, the steps that
 * average precision sums; for interval bands. NaN without parasitized cells.
 * @throws RangeError if a recall lies outside 0…1.
 */
export function precisionOnGrid(index: ScoreIndex, recalls: ArrayLike<number>): Float64Array {
  const {truePositives, falsePositives, positives} = index;
  return Float64Array.from(recalls, (recall, i) => {
    checkShare(`recalls[${i}]`, recall);
    if (positives === 0) return NaN;
    const step = partitionPoint(
      truePositives.length,
      (step) => truePositives[step]! / positives < recall || truePositives[step]! + falsePositives[step]! === 0
    );
    return truePositives[step]! / (truePositives[step]! + falsePositives[step]!);
  });
}
