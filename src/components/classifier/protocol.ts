import type {RefusalCode} from "../image/refusal.js";
import type {ModelSource} from "./download.js";
import type {Backend} from "./engine.js";
import type {ModelMetadata} from "./metadata.js";

/** One classified picture. */
export interface Prediction {
  /** Probability of the positive class as the network gives it, 0…1. */
  probability: number;
  backend: Backend;
  /** Time of the network alone, in milliseconds. */
  milliseconds: number;
  /** The 50×50 RGB pixels that the network saw. */
  cell: Uint8ClampedArray;
  /** The picture's size in pixels, upright. */
  width: number;
  height: number;
  /** Number of frames in the file; only the first is classified. */
  frames: number;
}

/** How far the model is. */
export type ModelState =
  | {state: "loading"; loaded: number; total: number}
  | {state: "warming"}
  /** `milliseconds` is what one cell took in the self-test, `note` says why a backend was or was not taken. */
  | {state: "ready"; backend: Backend; metadata: ModelMetadata; milliseconds: number; note: string | null}
  | {state: "failed"; message: string};

/** From the page to the worker. Of the files, one at a time is sent: the next after the answer. */
export type Request =
  /** The backends are tried in order; `compare` has a slow first one be compared with the next, and the faster kept. */
  | {type: "load"; source: ModelSource; backends: Backend[]; compare: boolean}
  | {type: "classify"; id: number; file: Blob};

/** From the worker to the page. */
export type Reply =
  | {type: "model"; model: ModelState}
  | {type: "lost"}
  | {type: "prediction"; id: number; prediction: Prediction}
  | {type: "refusal"; id: number; code: RefusalCode; message: string};
