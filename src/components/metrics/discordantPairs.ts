import {checkLength} from "./check.js";

/** How often two classifiers were right on the same cells. */
export interface DiscordantPairs {
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly neither: number;
}

/**
 * Counts the cells that both, one or none of two classifiers called right; each array holds 1 (right) or 0 a cell.
 * @throws RangeError if the lengths differ or an entry is neither 0 nor 1.
 */
export function discordantPairs(firstRight: Uint8Array, secondRight: Uint8Array): DiscordantPairs {
  checkLength("secondRight", secondRight.length, "firstRight", firstRight.length);
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < firstRight.length; i++) {
    for (const [name, flags] of [["firstRight", firstRight] as const, ["secondRight", secondRight] as const]) {
      if (flags[i]! > 1) throw new RangeError(`${name}[${i}] is ${flags[i]}; use 1 for right and 0 for wrong`);
    }
    counts[2 * firstRight[i]! + secondRight[i]!]!++;
  }
  const [neither, onlySecond, onlyFirst, both] = counts as [number, number, number, number];
  return {both, onlyFirst, onlySecond, neither};
}
