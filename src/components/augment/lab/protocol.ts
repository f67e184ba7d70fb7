import type {BytePicture} from "../types.js";
import type {Drawn} from "./current.js";
import type {Ends} from "./ends.js";
import type {Settings} from "./settings.js";

/** Side of the tiles in the grid of draws: they show every n-th pixel of the result. */
export const tileSide = 112;

/** How far beyond the picture the plane reaches: 1 is its border. */
export const planeReach = 1.8;

/** A picture ready to be put on a canvas. */
export interface Tile {
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** One step of the pipeline, as a picture with what is to be said of it. */
export interface Stage {
  title: string;
  note: string;
  tile: Tile;
}

/** What the page shows of the chosen draw. */
export interface Details {
  stages: Stage[];
  plane: Tile;
  ends: Ends;
}

/** Asks the worker for the pictures of the page. */
export interface Job {
  /** Comes back with the answer. */
  id: number;
  /** The cell; left out where it is the one of the job before. */
  picture?: BytePicture;
  settings: Settings;
  drawn: Drawn;
  /** Only the grid of draws, since a slider is being dragged. */
  quick: boolean;
}

/** What the worker answers: all pictures, or why there are none. */
export type Answer = {id: number; tiles: Tile[]; details?: Details; milliseconds: number} | {id: number; error: string};
