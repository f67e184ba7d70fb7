import type {OperatingPoint} from "./operatingPoint.js";
import {operatingPoint} from "./operatingPoint.js";
import type {ScoreIndex} from "./scoreIndex.js";

/**
 * The threshold with the lowest cost `ratio` · FN + FP over these cells, where a missed parasite costs `ratio` times
 * a false alarm; of equals, the highest threshold. All NaN if a class is missing.
 * @throws RangeError unless the ratio is finite and above 0.
 */
export function lowestCostPoint(index: ScoreIndex, ratio: number): OperatingPoint {
  if (!(ratio > 0 && ratio < Infinity)) throw new RangeError(`ratio is ${ratio}; it must be finite and above 0`);
  return operatingPoint(index, (found, alarms) => ratio * found - alarms);
}
