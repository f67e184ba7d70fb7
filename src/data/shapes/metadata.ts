import * as v from "valibot";
import {cellValues, labels} from "./cells.js";
import {guarded, object, share, text} from "./schema.js";

const base64Length = Math.ceil(cellValues / 3) * 4;

const isInterval = (value: unknown) =>
  Array.isArray(value) && value.length === 2 && 0 <= value[0] && value[0] <= value[1] && value[1] <= 1;

/** One file of the model: path beside `metadata.json`, size in bytes, sha256 in hexadecimal. */
export interface ModelFile {
  path: string;
  bytes: number;
  sha256: string;
}

const isModelFile = (value: unknown) => {
  const {path, bytes, sha256} = (value ?? {}) as Partial<Record<keyof ModelFile, unknown>>;
  return typeof path === "string" && Number.isSafeInteger(bytes) && /^[0-9a-f]{64}$/.test(String(sha256));
};

const isSelfTest = (value: unknown) => {
  const {p, rgb} = (value ?? {}) as {p?: unknown; rgb?: unknown};
  return v.is(share, p) && typeof rgb === "string" && rgb.length === base64Length && /^[A-Za-z0-9+/]+$/.test(rgb);
};

/** The files of a model. */
export const filesSchema = v.pipe(
  v.array(
    guarded<ModelFile>(isModelFile, "must have a path, a number of bytes and a sha256 of 64 hex digits"),
    "must be a list with at least one entry"
  ),
  v.minLength(1, "must be a list with at least one entry"),
  v.check((files) => files.some(({path}) => path === "model.json"), "must list model.json")
);

/** What the site reads of a model's `metadata.json`. */
export const metadataSchema = object({
  name: text,
  /** Class names in the order of the network's outputs. */
  labels: v.custom<string[]>(
    (value) => Array.isArray(value) && value.join() === labels.join(),
    ({input}) => `must be ${labels.join(", ")}, but are ${JSON.stringify(input)}`
  ),
  /** The class whose probability is reported. */
  positive: v.custom<string>(
    (value) => value === labels[0],
    ({input}) => `must be ${labels[0]}, but is ${JSON.stringify(input)}`
  ),
  /** Smallest probability of `positive` that is called `positive`; null while none has been chosen. */
  threshold: v.optional(v.nullable(share), null),
  /** Probabilities within this closed interval are called uncertain. */
  abstain: v.optional(
    v.nullable(guarded<[low: number, high: number]>(isInterval, "must be two rising numbers between 0 and 1")),
    null
  ),
  /** Divides the logits, so that the probabilities are calibrated; 1 leaves them as they are. */
  temperature: v.optional(
    guarded<number>((value) => typeof value === "number" && value > 0, "must be a number above 0"),
    1
  ),
  /** 35 % of the validation patients' healthy cells score lower: what the cells of a whole field are held against. */
  healthyScore: v.optional(share),
  /** Commit of the training code, where it is told. */
  commit: v.optional(v.nullable(text), null),
  files: filesSchema,
  /** Cells with the probability of `positive` that this model gave them when it was exported; pixels in base64. */
  selfTest: v.optional(
    v.array(
      guarded<{p: number; rgb: string}>(isSelfTest, "must have p and rgb, 50×50 pixels in base64"),
      "must be a list"
    ),
    []
  )
});
