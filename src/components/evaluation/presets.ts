import {lowestCostPoint, sensitivityAtSpecificity, specificityAtSensitivity} from "../metrics/index.js";
import type {ScoreIndex} from "../metrics/index.js";

/** A threshold with a name. */
export interface Preset {
  name: string;
  /**
   * In 0…1; 1 stands for "call no cell parasitized" where only a threshold above every score will do. Null is each
   * fold's own.
   */
  threshold: number | null;
}

/**
 * Thresholds worth a button: the chosen one, those that reach a wished sensitivity or specificity at the best price in
 * the other, and the one of lowest cost when a missed parasite costs `cost` false alarms.
 *
 * All but the first are found on the very cells that are shown, so they flatter.
 */
export function thresholdPresets(index: ScoreIndex, {chosen, cost}: {chosen: number | null; cost: number}): Preset[] {
  const points = [
    {name: "chosen", threshold: chosen},
    ...[0.95, 0.99].map((wish) => ({name: `sensitivity ${wish}`, ...specificityAtSensitivity(index, wish)})),
    ...[0.95, 0.99].map((wish) => ({name: `specificity ${wish}`, ...sensitivityAtSpecificity(index, wish)})),
    {name: `lowest cost at ${cost} : 1`, ...lowestCostPoint(index, cost)}
  ];
  return points
    .filter(({threshold}) => threshold === null || !Number.isNaN(threshold))
    .map(({name, threshold}) => ({name, threshold: threshold === null ? null : Math.min(1, threshold)}));
}
