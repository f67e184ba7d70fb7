import * as v from "valibot";
import {labels} from "../../data/shapes/cells.js";
import {guarded, check, number, object, share, text} from "../../data/shapes/schema.js";
import {NOTICE} from "../classifier/entries.js";
import type {Row} from "../ui/csv.js";
import {networkCall, reviewedCall} from "./review.js";
import type {SmearCell, SmearField, SmearNetworks} from "./review.js";

/** What a saved smear calls itself, and the version of its form. */
const [FORMAT, VERSION] = ["smear of Malaria Detection", 1];

/** What keeps a file from being opened as a smear, in a sentence that says what to do. */
export class UnfitRecord extends Error {}

/** The columns of {@link smearRows}, in their order. */
export const COLUMNS = [
  ...["field", "x", "y", "width", "height", "kind", "certainty", "p_student", "p_resnet34", "called", "close"],
  ...["reviewed", "added", "field_sha256", "student_sha256", "resnet34_sha256", "version", "date", "notice"]
] as const;

/**
 * One row a found or added thing, lengths in pixels of the upright picture, x and y its centre. `called` is the networks'
 * word, `reviewed` a person's; either is empty where there is none.
 */
export function smearRows(fields: readonly SmearField[], date: Date): Row[] {
  return fields.flatMap(({name, sha256, cells, networks}) =>
    cells.map((cell): Row => {
      const {label, isClose} = networkCall(cell, networks);
      return {
        field: name,
        ...placeOf(cell),
        kind: cell.kind,
        certainty: rounded(cell.certainty, 4),
        p_student: cell.probabilities.student ?? null,
        p_resnet34: cell.probabilities.resnet34 ?? null,
        called: label,
        close: label && isClose,
        reviewed: cell.mark,
        added: cell.isAdded ?? false,
        field_sha256: sha256,
        student_sha256: networks.student?.sha256 ?? null,
        resnet34_sha256: networks.resnet34?.sha256 ?? null,
        version: networks.resnet34?.commit ?? networks.student?.commit ?? null,
        date: date.toISOString(),
        notice: NOTICE
      };
    })
  );
}

/** All that is known of a smear but its pictures, to be opened again by {@link readSmear}. */
export function smearJson(fields: readonly SmearField[], date: Date): string {
  const record = {
    format: FORMAT,
    version: VERSION,
    notice: NOTICE,
    date: date.toISOString(),
    fields: fields.map(({cells, ...field}) => ({
      ...field,
      cells: cells.map((cell) => ({
        kind: cell.kind,
        ...placeOf(cell),
        certainty: rounded(cell.certainty, 4),
        outline: Array.from(cell.outline, (length) => rounded(length, 1)),
        probabilities: cell.probabilities,
        called: networkCall(cell, field.networks).label,
        mark: cell.mark,
        reviewed: reviewedCall(cell, field.networks).label,
        ...(cell.isAdded && {isAdded: true})
      }))
    }))
  };
  return JSON.stringify(record) + "\n";
}

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
    sha256: v.nullable(text)
  })
);
const fieldSchema = object({
  name: text,
  sha256: guarded<string>((value) => /^[0-9a-f]{64}$/.test(String(value)), "must be 64 hex digits"),
  width: number(1),
  height: number(1),
  diameter: length,
  networks: object({student: networkSchema, resnet34: networkSchema}),
  doubts: v.array(text, "must be a list"),
  cells: v.array(cellSchema, "must be a list")
});
const smearSchema = object({fields: v.array(fieldSchema, "must be a list")});

/**
 * Reads what {@link smearJson} wrote.
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
  return fields.map(({cells, networks, ...field}) => ({
    ...field,
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

function placeOf({x, y, width, height}: SmearCell): Record<"x" | "y" | "width" | "height", number> {
  return {x: rounded(x, 1), y: rounded(y, 1), width: rounded(width, 1), height: rounded(height, 1)};
}

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));
