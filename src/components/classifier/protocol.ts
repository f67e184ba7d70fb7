import type {ModelSource} from "../engine/download.js";
import type {Backend} from "../engine/engine.js";
import type {ModelMetadata} from "../engine/metadata.js";
import type {Check, SeenPicture} from "../gate/gate.js";
import type {RefusalCode} from "../image/refusal.js";
import type {NetworkName} from "./networks.js";
import type {Preparation, PreparedPicture, Reading} from "./prepare-picture.js";

/** What is needed of a Worker. */
export type WorkerLike = Pick<Worker, "postMessage" | "terminate" | "onmessage" | "onerror">;

/** One classified picture. */
export interface Prediction extends PreparedPicture {
  /** The 50×50 RGB pixels that the network saw: the `cell`, brought to the training cells' stain where its own is foreign. */
  seen: Uint8ClampedArray;
  /** Probability of the positive class, 0…1: the network's, its logit moved by `offset`. */
  probability: number;
  /** What the gate adds to the logits of foreign stains, so that the threshold holds for them too; else 0. */
  offset: number;
  backend: Backend;
  /** Time of the network alone, in milliseconds: the cell's share, where several were computed together. */
  milliseconds: number;
  /** What speaks against an answer that was asked for all the same; null where nothing does. */
  outside: string | null;
  /** What is foreign about the picture, in sentences: the answer is worth less than the figures say. */
  cautions: string[];
}

/** What a network says of a cell that was found in a field: always something, however foreign it is. */
export interface FoundAnswer extends Pick<Prediction, "probability" | "offset"> {
  /** What is foreign about it. */
  doubts: Check[];
}

/** Where a cell speaks for the positive class. */
export interface Explanation {
  /** 50 × 50 values, not negative, row by row. */
  map: Float32Array;
  /** Time of the network alone, in milliseconds. */
  milliseconds: number;
}

/** How far a network is. */
export type ModelState =
  | {state: "loading"; loaded: number; total: number}
  | {state: "warming"}
  /**
   * `milliseconds` is what one cell took in the self-test, `kernels` whether the site's own kernels compute, `note` says
   * why a backend was or was not taken.
   */
  | {
      state: "ready";
      backend: Backend;
      kernels: boolean;
      metadata: ModelMetadata;
      milliseconds: number;
      note: string | null;
    }
  | {state: "failed"; message: string};

/** From the page to the worker. Several questions may be sent ahead; answers may come in another order. */
export type Request =
  /**
   * The backends are tried in order; `compare` has a slow first one be compared with the next, and the faster kept.
   * `kept` are the files that an earlier worker downloaded, by path.
   */
  | {
      type: "load";
      network: NetworkName;
      source: ModelSource;
      backends: Backend[];
      compare: boolean;
      kept: ReadonlyMap<string, Blob>;
      /** What tells whole fields from single cells. */
      finder?: ModelSource | undefined;
    }
  | Question;

/** What a loaded network is asked. */
export type Question = {id: number; network: NetworkName} & (
  | {type: "classify"; picture: Blob | PreparedPicture; reading?: Reading}
  /** Cells of 50×50 RGB pixels made of one that the network saw, and the offset of its answer. */
  | {type: "cells"; cells: Uint8ClampedArray[]; offset: number}
  /** Cells that were found in a field. */
  | {type: "found"; pictures: SeenPicture[]}
  /** The pixels that the network saw; `shuffled` asks for the map of a network whose weights have changed places. */
  | {type: "explain"; cell: Uint8ClampedArray; shuffled: boolean}
);

/** From the worker to the page, each of one network. */
export type Reply = {network: NetworkName} & (
  | {type: "model"; model: ModelState}
  /** A file of the model that came whole, for the next worker. */
  | {type: "kept"; path: string; content: Blob}
  /** The backend that is started now: the one to blame if nothing more is heard. */
  | {type: "trying"; backend: Backend}
  /** The engine can no longer be trusted: a lost graphics context, memory that ran out, no probability. */
  | {type: "lost"; reason: string}
  /** To `classify` a prediction, to `cells` their probabilities of the positive class, to `found` an answer each. */
  | {type: "answer"; id: number; answer: Prediction | number[] | FoundAnswer[] | Explanation}
  /** Nothing comes of the file: it gives way to others. */
  | {type: "waits"; id: number}
  /** With a `picture` it is a `RefusedPicture`. */
  | {
      type: "refusal";
      id: number;
      code: RefusalCode;
      message: string;
      sha256?: string | undefined;
      picture?: PreparedPicture;
    }
);

/** From the networks' worker to the one that prepares their pictures, which answers each. */
export interface PreparationRequest {
  id: number;
  file: Blob;
  preparation: Preparation | undefined;
}

/** Back from it, once it runs and for each request; `code` is null where the fault is not the file's. */
export type PreparationReply =
  | {type: "started"}
  | {type: "waits"; id: number}
  | {type: "prepared"; id: number; picture: PreparedPicture}
  | {type: "refusal"; id: number; code: RefusalCode | null; message: string; sha256?: string | undefined};
