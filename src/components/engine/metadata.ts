import type {InferOutput} from "valibot";
import {metadataSchema} from "../../data/shapes/metadata.js";
import {check} from "../../data/shapes/schema.js";

export type {ModelFile} from "../../data/shapes/metadata.js";

type Described = InferOutput<typeof metadataSchema>;

/** What the classifier needs of a model's `metadata.json`. */
export interface ModelMetadata extends Omit<Described, "selfTest" | "threshold"> {
  /** Smallest probability of `positive` that is called `positive`. */
  threshold: number;
  /** Cells with the probability of `positive` that this model gave them when it was exported. */
  selfTest: {p: number; rgb: Uint8ClampedArray}[];
}

/**
 * Checks a parsed `metadata.json`; while no threshold has been chosen, one half stands for it.
 * @throws Error that names the first field which is not as expected
 */
export function parseMetadata(value: unknown): ModelMetadata {
  const {threshold, selfTest, ...rest} = check(metadataSchema, value, (sentence) => {
    throw new Error(`The model's metadata.json cannot be used: ${sentence}.`);
  });
  const cells = selfTest.map(({p, rgb}) => ({p, rgb: fromBase64(rgb)}));
  return {...rest, threshold: threshold ?? 0.5, selfTest: cells};
}

function fromBase64(text: string): Uint8ClampedArray {
  return Uint8ClampedArray.from(atob(text), (character) => character.charCodeAt(0));
}
