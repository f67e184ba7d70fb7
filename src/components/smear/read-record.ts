import * as v from "valibot";
import {labels} from "../../data/shapes/cells.js";
import {check, guarded, number, object, share, text} from "../../data/shapes/schema.js";
import type {Dyes} from "../image/stain.js";
import {FORMAT, VERSION} from "./records.js";
import type {SmearCell, SmearField, SmearNetworks} from "./review.js";

/** What keeps a file from being opened as a smear, in a sentence that says what to do. */
export class UnfitRecord extends Error {}

const isOneOf = <const T extends string | null>(values: readonly T[]) =>
  guarded<T>((value) => values.includes(value as T), `must be one of ${values.join(", ")}`);

const length = number(0);
const probabilities = v.optional(share);
const cellSchema = object({
  kind: isOneOf(["red", "white", "platelet", "clump", "cut"]),
  x: number(),
  y: number(),
  width: length,
  height: length,
  certainty: share,
  outline: guarded<number[]>(
    (value) => Array.isArray(value) && value.length % 2 === 0 && value.every(Number.isFinite),
    "must be pairs of numbers"
  ),
  probabilities: object({student: probabilities, resnet34: probabilities}),
  mark: isOneOf(["parasitized", "uninfected", "no cell", null]),
  isAdded: v.optional(v.boolean("must be true or false"))
});
const networkSchema = v.optional(
  object({
    labels: guarded<string[]>((value) => Array.isArray(value) && value.join() === labels.join(), "must be both labels"),
    positive: isOneOf(labels),
    threshold: share,
    abstain: v.nullable(
      guarded<[number, number]>((value) => Array.isArray(value) && value.length === 2, "must be two numbers")
    ),
    commit: v.nullable(text),
    sha256: v.nullable(text),
    laboratory: v.optional(text),
    offset: v.optional(number())
  })
);
const fieldSchema = object({
  name: text,
  sha256: guarded<string>((value) => /^[0-9a-f]{64}$/.test(String(value)), "must be 64 hex digits"),
  width: number(1),
  height: number(1),
  diameter: v.nullable(length),
  typical: v.optional(
    v.nullable(guarded<Dyes>((value) => Array.isArray(value) && value.length === 3, "must be three densities"))
  ),
  networks: object({student: networkSchema, resnet34: networkSchema}),
  doubts: v.array(text, "must be a list"),
  cells: v.array(cellSchema, "must be a list")
});
const smearSchema = object({fields: v.array(fieldSchema, "must be a list")});

/**
 * Reads what `smearJson` wrote.
 * @throws UnfitRecord with a sentence that says what to do
 */
export function readSmear(content: string): SmearField[] {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    throw new UnfitRecord("This file is no JSON, or was cut short. Choose the JSON file that this page saved.");
  }
  const {format, version} = (value ?? {}) as {format?: unknown; version?: unknown};
  if (format !== FORMAT) {
    throw new UnfitRecord("This JSON is no smear of this page. Choose a file that was saved here as JSON.");
  }
  if (version !== VERSION) {
    throw new UnfitRecord(
      `This smear was saved in form ${String(version)}, and this page reads form ${VERSION}. Reload the page to get its newest version, then open the file again.`
    );
  }
  const {fields} = check(smearSchema, value, (sentence) => {
    throw new UnfitRecord(`This saved smear is damaged: ${sentence}. Choose another copy of it.`);
  });
  if (new Set(fields.map(({sha256}) => sha256)).size < fields.length) {
    throw new UnfitRecord("This saved smear is damaged: one field is in it twice. Choose another copy of it.");
  }
  return fields.map(({cells, networks, diameter, ...field}) => ({
    ...field,
    diameter: diameter ?? NaN,
    networks: defined(networks) as SmearNetworks,
    cells: cells.map(({outline, probabilities: said, isAdded, ...cell}): SmearCell => ({
      ...cell,
      outline: Float32Array.from(outline),
      probabilities: defined(said),
      ...(isAdded && {isAdded})
    }))
  }));
}

/** An object without the entries that are undefined. */
function defined<T extends object>(entries: T): {[Key in keyof T]?: Exclude<T[Key], undefined>} {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as never;
}
