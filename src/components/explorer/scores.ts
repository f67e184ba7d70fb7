import {tableFromIPC} from "@uwdata/flechette";
import {arrowColumn} from "../gallery/arrow-column.js";

/** What gave the scores: the network, or a logistic regression on colour figures alone. */
export type ScoreName = "network" | "colour";

/** Scores are held as whole numbers of ten-millionths, as many decimals as `predictions.csv` has. */
export const scoreScale = 1e7;
/** Stands where a cell has no score. */
export const notScored = 0xffffffff;

/**
 * Opens `src/data/scores.arrow`: P(parasitized) of every cell, NaN where its fold is not scored yet.
 *
 * @throws Error when a column is missing
 */
export function readScoreColumns(buffer: ArrayBuffer): Record<ScoreName, Float64Array> {
  const table = tableFromIPC(buffer);
  const column = (name: ScoreName) =>
    Float64Array.from(arrowColumn(table, name).toArray() as ArrayLike<number>, (value) =>
      value === notScored ? NaN : value / scoreScale
    );
  return {network: column("network"), colour: column("colour")};
}
