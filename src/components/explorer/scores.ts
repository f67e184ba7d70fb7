import {tableFromIPC} from "@uwdata/flechette";
import {notScored, scoreScale} from "../../data/shapes/columns.js";
import type {ScoreName} from "../../data/shapes/columns.js";
import {arrowColumn} from "../gallery/arrow-column.js";

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
