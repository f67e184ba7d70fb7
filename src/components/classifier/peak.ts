import {cellSide} from "../../data/shapes/cells.js";

/** A place on a cell, in pixels from its upper left corner. */
export interface Place {
  x: number;
  y: number;
}

/** @returns where a map is highest; the first such place, row by row */
export function peakOf(map: ArrayLike<number>): Place {
  let best = 0;
  for (let pixel = 1; pixel < map.length; pixel++) if (map[pixel]! > map[best]!) best = pixel;
  return {x: best % cellSide, y: Math.floor(best / cellSide)};
}
