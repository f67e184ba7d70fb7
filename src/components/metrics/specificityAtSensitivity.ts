import {checkShare} from "./check.js";
import type {OperatingPoint} from "./operatingPoint.js";
import {operatingPoint} from "./operatingPoint.js";
import type {ScoreIndex} from "./scoreIndex.js";

/**
 * The highest specificity whose sensitivity is at least the wished one, and the threshold that gives it. Rule on
 * steps: only thresholds that occur count, nothing is interpolated, so the sensitivity reached may exceed the wish;
 * of thresholds with equal specificity the lowest (best sensitivity) is taken. All NaN if a class is missing.
 * @throws RangeError if the sensitivity lies outside 0…1.
 */
export function specificityAtSensitivity(index: ScoreIndex, sensitivity: number): OperatingPoint {
  checkShare("sensitivity", sensitivity);
  const {positives, falsePositives, truePositives} = index;
  const reached = truePositives.findIndex((found) => found / positives >= sensitivity);
  const fewestAlarms = sensitivity === 0 ? 0 : falsePositives[reached];
  return operatingPoint(index, (found, alarms) => (alarms === fewestAlarms ? found : -1));
}
