import type * as v from "valibot";
import {filesSchema} from "./metadata.js";
import {guarded, number, object, text} from "./schema.js";

/** What the site reads of the finder's `metadata.json`. */
export const finderSchema = object({
  files: filesSchema,
  /** A composed picture, `side` × `side` RGB pixels in base64, and the maps' values at one place of it. */
  selfTest: object({
    side: number(16),
    rgb: text,
    place: number(0),
    maps: guarded<number[]>((value) => Array.isArray(value) && value.every(Number.isFinite), "must be numbers")
  })
});

export type FinderMetadata = v.InferOutput<typeof finderSchema>;
