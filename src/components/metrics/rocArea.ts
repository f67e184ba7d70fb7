import type {ScoreIndex} from "./scoreIndex.js";

/**
 * Area under the ROC curve, 0…1: the chance that a parasitized cell scores above an uninfected one, ties counting
 * one half (the Mann–Whitney U divided by the number of pairs). O(n), exact up to one rounding for whole weights. NaN
 * if either class is missing.
 */
export function rocArea({truePositives, falsePositives, positives, negatives}: ScoreIndex): number {
  let doubled = 0;
  let found = 0;
  let alarms = 0;
  for (let i = 0; i < truePositives.length; i++) {
    doubled += (falsePositives[i]! - alarms) * (truePositives[i]! + found);
    found = truePositives[i]!;
    alarms = falsePositives[i]!;
  }
  return doubled / (2 * positives * negatives);
}
