import {checkShare} from "./check.js";
import type {OperatingPoint} from "./operatingPoint.js";
import {operatingPoint} from "./operatingPoint.js";
import type {ScoreIndex} from "./scoreIndex.js";

/**
 * The highest sensitivity whose specificity is at least the wished one, and the threshold that gives it. Rule on
 * steps: only thresholds that occur count, nothing is interpolated, so the specificity reached may exceed the wish;
 * of thresholds with equal sensitivity the highest (best specificity) is taken. All NaN if a class is missing.
 * @throws RangeError if the specificity lies outside 0…1.
 */
export function sensitivityAtSpecificity(index: ScoreIndex, specificity: number): OperatingPoint {
  checkShare("specificity", specificity);
  const {negatives} = index;
  return operatingPoint(index, (found, alarms) => ((negatives - alarms) / negatives >= specificity ? found : -1));
}
