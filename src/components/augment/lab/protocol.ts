import type {BytePicture} from "../types.js";
import type {Drawn} from "./draw-all.js";
import type {Settings} from "./settings.js";

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

/** Asks the worker for the pictures of the page. */
export interface Job {
  id: number;
  /** The cell; left out where it is the one of the job before. */
  picture?: BytePicture;
  settings: Settings;
  drawn: Drawn;
}

/** What the worker answers: all pictures, or why there are none. */
export type Answer =
  {id: number; tiles: Tile[]; stages: Stage[]; plane: Tile; milliseconds: number} | {id: number; error: string};
