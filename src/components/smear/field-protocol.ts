import type {ModelSource} from "../engine/download.js";
import type {Backend} from "../engine/engine.js";
import type {SeenPicture} from "../gate/gate.js";
import type {RefusalCode} from "../image/refusal.js";
import type {CutRequest, FieldReading, Stage} from "./read-field.js";
import type {SmearField} from "./review.js";

/** From the page to the worker that reads fields, one after another. */
export type FieldRequest =
  /** Has it fetch the finder. */
  | {type: "load"; source: ModelSource}
  /** Asks for all that is found in a file. */
  | {type: "find"; id: number; file: Blob}
  /** Asks for cells of a file whose outlines are known. */
  | {type: "cut"; id: number; file: Blob; request: CutRequest}
  /** Asks for a file's picture alone. */
  | {type: "show"; id: number; file: Blob}
  /** Asks for the fields of a saved smear. */
  | {type: "open"; id: number; file: Blob};

/** How far the finder is. */
export type FinderState =
  | {state: "loading"; loaded: number; total: number}
  | {state: "ready"; backend: Backend}
  | {state: "failed"; message: string};

/** Back from it. */
export type FieldReply =
  | {type: "finder"; finder: FinderState}
  | {type: "stage"; id: number; stage: Stage; share: number}
  | {type: "picture"; id: number; picture: ImageBitmap}
  | {type: "field"; id: number; field: FieldReading}
  | {type: "cut"; id: number; pictures: SeenPicture[]}
  | {type: "opened"; id: number; fields: SmearField[]}
  /** `code` is null where the fault is not the file's. */
  | {type: "refusal"; id: number; code: RefusalCode | null; message: string};
