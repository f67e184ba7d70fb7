import {tableFromIPC} from "@uwdata/flechette";
import {featureCount, featureName, mapScale, notMapped, scoreScales} from "../../data/shapes/columns.js";
import type {ScoreName} from "../../data/shapes/columns.js";
import {arrowColumn} from "../gallery/cells.js";

/**
 * Opens `src/data/scores.arrow`: P(parasitized) of every cell, NaN where its fold is not scored yet.
 *
 * @throws Error when a column is missing
 */
export function readScoreColumns(buffer: ArrayBuffer): Record<ScoreName, Float64Array> {
  const table = tableFromIPC(buffer);
  const column = (name: ScoreName) => {
    const scale = scoreScales[name];
    return new Float64Array(arrowColumn(table, name).toArray() as ArrayLike<number>).map((value) =>
      value > scale ? NaN : value / scale
    );
  };
  return {network: column("network"), colour: column("colour")};
}

/** Where the cells lie on the map, −1…1 and NaN for a cell that is not on it. */
export interface MapPlaces {
  x: Float64Array;
  y: Float64Array;
}

/** Opens `src/data/map.arrow`; null while the map is not made. @throws Error when a column is missing */
export function readMap(buffer: ArrayBuffer): MapPlaces | null {
  const table = tableFromIPC(buffer);
  if (table.numRows === 0) return null;
  const column = (name: string) =>
    new Float64Array(arrowColumn(table, name).toArray() as ArrayLike<number>).map((value) =>
      value === notMapped ? NaN : value / mapScale
    );
  return {x: column("x"), y: column("y")};
}

/** The network's own features of the cells, reduced to sixteen whole numbers from −127 to 127 a cell. */
export interface Features {
  /** One column a feature. */
  values: Int8Array[];
  /** 1 for each cell that has features. */
  known: Uint8Array;
}

/** Opens `src/data/features.arrow`; null while there are none. @throws Error when a column is missing */
export function readFeatures(buffer: ArrayBuffer): Features | null {
  const table = tableFromIPC(buffer);
  if (table.numRows === 0) return null;
  return {
    values: Array.from({length: featureCount}, (_, i) => arrowColumn(table, featureName(i)).toArray() as Int8Array),
    known: arrowColumn(table, "known").toArray() as Uint8Array
  };
}
