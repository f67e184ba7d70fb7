import {checkShare} from "./check.js";
import {partitionPoint} from "./partitionPoint.js";
import type {ScoreIndex} from "./scoreIndex.js";

/**
 * Sensitivity at each wished false-positive rate (0…1), read off the ROC curve with straight lines between its
 * points and the upper end of a vertical rise: for averaging curves and for interval bands. NaN if a class is missing.
 * @throws RangeError if a rate lies outside 0…1.
 */
export function rocOnGrid(index: ScoreIndex, falsePositiveRates: ArrayLike<number>): Float64Array {
  const {truePositives, falsePositives, positives, negatives} = index;
  return Float64Array.from(falsePositiveRates, (rate, i) => {
    checkShare(`falsePositiveRates[${i}]`, rate);
    const next = partitionPoint(falsePositives.length, (step) => falsePositives[step]! / negatives <= rate);
    const found = next === 0 ? 0 : truePositives[next - 1]!;
    if (next === falsePositives.length) return found / positives;
    const alarms = next === 0 ? 0 : falsePositives[next - 1]!;
    const share = (rate * negatives - alarms) / (falsePositives[next]! - alarms);
    return (found + share * (truePositives[next]! - found)) / positives;
  });
}
