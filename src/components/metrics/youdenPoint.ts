import type {OperatingPoint} from "./operatingPoint.js";
import {operatingPoint} from "./operatingPoint.js";
import type {ScoreIndex} from "./scoreIndex.js";

/**
 * The threshold with the highest sensitivity + specificity − 1 (Youden 1950); of equals, the highest threshold. All
 * NaN if a class is missing.
 */
export function youdenPoint(index: ScoreIndex): OperatingPoint {
  const {positives, negatives} = index;
  return operatingPoint(index, (found, alarms) => found * negatives - alarms * positives);
}
