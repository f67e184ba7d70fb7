import type {NetworkName} from "../classifier/networks.js";
import type {ModelMetadata} from "../engine/metadata.js";
import {verdict} from "../engine/verdict.js";
import type {FoundCell, Kind} from "../finder/find-cells.js";
import type {Dyes} from "../image/stain.js";
import type {Count} from "./worth.js";

/** What a person says of a place in a field. */
export type Mark = "parasitized" | "uninfected" | "no cell";

/** A place in a field, what networks say of it and what a person does. */
export interface SmearCell extends FoundCell {
  /** P(parasitized) by network; only whole single red cells are judged. */
  probabilities: Readonly<Partial<Record<NetworkName, number>>>;
  mark: Mark | null;
  /** Whether a person added it. */
  isAdded?: boolean;
  /** The 50×50 RGB pixels that the networks judged, where they are kept. */
  pixels?: Uint8ClampedArray;
}

/** A field and all that is known of it. Cells keep their places; added ones come after the found. */
export interface SmearField {
  name: string;
  /** Of the file, in lower-case hexadecimal: two fields of one smear never have the same. */
  sha256: string;
  width: number;
  height: number;
  /** Median of its red cells, in pixels; NaN where there is none. */
  diameter: number;
  /** Dyes of its typical red cell; of fields that were kept or saved before they were noted they are not known. */
  typical?: Dyes | null;
  cells: readonly SmearCell[];
  /** Who judged its cells. */
  networks: SmearNetworks;
  /** What is doubtful about the picture, in sentences. */
  doubts: readonly string[];
}

/** What is needed of a network to call a class, and to say later which it was. */
export interface SmearNetwork extends Pick<ModelMetadata, "labels" | "positive" | "threshold" | "abstain" | "commit"> {
  sha256: string | null;
  /** Whose healthy cells placed the threshold, in words; without it the model's own holds. */
  laboratory?: string;
  /** What was added to the logits of the field's cells, see `fieldOffset`; of fields from before that it is not known. */
  offset?: number;
}

export type SmearNetworks = Readonly<Partial<Record<NetworkName, SmearNetwork>>>;

/** What a person did, such that it can be undone. */
type Step =
  | {type: "mark"; field: string; cell: number; before: Mark | null; after: Mark | null}
  | {type: "add"; field: string; cell: SmearCell}
  | {type: "remove"; field: SmearField; at: number}
  | {type: "move"; from: number; to: number};

/** A smear under review. */
export interface Review {
  readonly fields: readonly SmearField[];
  readonly done: readonly Step[];
  readonly undone: readonly Step[];
}

/** No fields yet. */
export const emptyReview: Review = {fields: [], done: [], undone: []};

/** @returns the field of this file, if there is one */
export function fieldOf(review: Review, sha256: string): SmearField | undefined {
  return review.fields.find((field) => field.sha256 === sha256);
}

/** Adds a field at the end; one that is there already stays as it is, and is the `earlier` one. */
export function addField(review: Review, field: SmearField): {review: Review; earlier: SmearField | null} {
  const earlier = fieldOf(review, field.sha256) ?? null;
  return {review: earlier ? review : {...review, fields: [...review.fields, field]}, earlier};
}

/**
 * Notes what a network says of cells of a field.
 * @param answers P(parasitized) by the cell's place in the field
 */
export function withAnswers(
  review: Review,
  sha256: string,
  {name, network, answers}: {name: NetworkName; network: SmearNetwork; answers: ReadonlyMap<number, number>}
): Review {
  return changeField(review, sha256, (field) => ({
    ...field,
    networks: {...field.networks, [name]: network},
    cells: field.cells.map((cell, n) => {
      const probability = answers.get(n);
      return probability === undefined ? cell : {...cell, probabilities: {...cell.probabilities, [name]: probability}};
    })
  }));
}

/** Notes doubts about a field that came later. */
export function withDoubts(review: Review, sha256: string, doubts: readonly string[]): Review {
  return changeField(review, sha256, (field) => ({...field, doubts}));
}

/** Keeps the pixels of a field's suspects, and forgets those of its other cells. @param pixels by the cell's place */
export function withPixels(review: Review, sha256: string, pixels: readonly (Uint8ClampedArray | undefined)[]): Review {
  return changeField(review, sha256, (field) => ({
    ...field,
    cells: field.cells.map((cell, n): SmearCell => {
      const own = isSuspect(cell, field.networks) ? (pixels[n] ?? cell.pixels) : undefined;
      if (own === cell.pixels) return cell;
      const rest = {...cell};
      delete rest.pixels;
      return own ? {...rest, pixels: own} : rest;
    })
  }));
}

/** Marks a place; the mark that it has already is taken off. */
export function markCell(review: Review, sha256: string, cell: number, mark: Mark): Review {
  const marked = fieldOf(review, sha256)?.cells[cell];
  if (!marked) return review;
  const after = marked.mark === mark ? null : mark;
  return act(review, {type: "mark", field: sha256, cell, before: marked.mark, after});
}

/** Adds a red cell that was not found, as a circle of the field's diameter around a place. It counts as uninfected. */
export function addCell(review: Review, sha256: string, x: number, y: number): Review {
  const field = fieldOf(review, sha256);
  if (!field || !(x >= 0 && y >= 0 && x < field.width && y < field.height)) return review;
  const diameter = field.diameter || Math.min(field.width, field.height) / 10;
  const outline = Float32Array.from({length: 64}, (_, n) => {
    const angle = (Math.PI * (n >> 1)) / 16;
    return n % 2 ? y + (diameter / 2) * Math.sin(angle) : x + (diameter / 2) * Math.cos(angle);
  });
  const shape = {kind: "red", x, y, width: diameter, height: diameter, certainty: 1, outline} as const;
  const cell: SmearCell = {...shape, probabilities: {}, mark: "uninfected", isAdded: true};
  return act(review, {type: "add", field: sha256, cell});
}

/** Takes a field out of the smear. */
export function removeField(review: Review, sha256: string): Review {
  const at = review.fields.findIndex((field) => field.sha256 === sha256);
  return at < 0 ? review : act(review, {type: "remove", field: review.fields[at]!, at});
}

/** Puts a field `by` places further. */
export function moveField(review: Review, sha256: string, by: number): Review {
  const from = review.fields.findIndex((field) => field.sha256 === sha256);
  const to = Math.max(0, Math.min(review.fields.length - 1, from + by));
  return from < 0 || from === to ? review : act(review, {type: "move", from, to});
}

/** Takes back what was done last. */
export function undo(review: Review): Review {
  const step = review.done.at(-1);
  if (!step) return review;
  const {done, undone} = review;
  return {...takeBack(review, step), done: done.slice(0, -1), undone: [...undone, step]};
}

/** Does again what was taken back last. */
export function redo(review: Review): Review {
  const step = review.undone.at(-1);
  if (!step) return review;
  return {...take(review, step), done: [...review.done, step], undone: review.undone.slice(0, -1)};
}

function act(review: Review, step: Step): Review {
  return {...take(review, step), done: [...review.done, step], undone: []};
}

function take(review: Review, step: Step): Review {
  switch (step.type) {
    case "mark":
      return setMark(review, step, step.after);
    case "add":
      return changeField(review, step.field, (field) => ({...field, cells: [...field.cells, step.cell]}));
    case "remove":
      return {...review, fields: review.fields.filter(({sha256}) => sha256 !== step.field.sha256)};
    case "move":
      return {...review, fields: moved(review.fields, step.from, step.to)};
  }
}

function takeBack(review: Review, step: Step): Review {
  switch (step.type) {
    case "mark":
      return setMark(review, step, step.before);
    case "add":
      return changeField(review, step.field, (field) => ({...field, cells: field.cells.slice(0, -1)}));
    case "remove":
      // It may have been chosen anew meanwhile.
      if (fieldOf(review, step.field.sha256)) return review;
      return {...review, fields: review.fields.toSpliced(step.at, 0, step.field)};
    case "move":
      return {...review, fields: moved(review.fields, step.to, step.from)};
  }
}

function setMark(review: Review, {field: sha256, cell: place}: Extract<Step, {type: "mark"}>, mark: Mark | null) {
  return changeField(review, sha256, (field) => ({
    ...field,
    cells: field.cells.map((cell, n) => (n === place ? {...cell, mark} : cell))
  }));
}

function moved(fields: readonly SmearField[], from: number, to: number): SmearField[] {
  const list = [...fields];
  list.splice(to, 0, ...list.splice(from, 1));
  return list;
}

function changeField(review: Review, sha256: string, change: (field: SmearField) => SmearField): Review {
  return {...review, fields: review.fields.map((field) => (field.sha256 === sha256 ? change(field) : field))};
}

/** What a cell is called: a class, too close to call, or nothing while it is not judged or not of a kind that is. */
export interface Call {
  /** By the network's threshold, or by a person. */
  label: "parasitized" | "uninfected" | null;
  isClose: boolean;
}

/** P(parasitized) of the network whose answer stands: ResNet-34's where it has judged, else the student's. */
export function standing(cell: SmearCell): {network: NetworkName; probability: number} | null {
  for (const network of ["resnet34", "student"] as const) {
    const probability = cell.probabilities[network];
    if (probability !== undefined) return {network, probability};
  }
  return null;
}

/** What the networks call a cell. */
export function networkCall(cell: SmearCell, networks: SmearNetworks): Call {
  const answer = standing(cell);
  const network = answer && networks[answer.network];
  if (!network || cell.kind !== "red") return {label: null, isClose: false};
  const {label, uncertain} = verdict(answer.probability, network);
  return {label: label === network.positive ? "parasitized" : "uninfected", isClose: uncertain};
}

/** What a cell is called once a person has looked. */
export function reviewedCall(cell: SmearCell, networks: SmearNetworks): Call {
  if (cell.mark === null) return networkCall(cell, networks);
  return {label: cell.mark === "no cell" ? null : cell.mark, isClose: false};
}

/** What was counted in a field. */
export interface FieldCounts {
  /** By finder and networks alone. */
  network: Count;
  /** After the review. */
  reviewed: Count;
  /** Found things by kind. */
  kinds: Record<Kind, number>;
  /** Red cells that wait for an answer. */
  waiting: number;
  /** Places that a person marked or added. */
  marked: number;
}

/** Counts a field, by the networks and after the review. A mark makes a red cell of another kind; "no cell" takes one away. */
export function countField(field: Pick<SmearField, "cells" | "networks">): FieldCounts {
  const known = counted.get(field);
  if (known) return known;
  const counts = countCells(field);
  counted.set(field, counts);
  return counts;
}

/** A field never changes: of many only the one that was replaced is counted anew. */
const counted = new WeakMap<object, FieldCounts>();

function countCells({cells, networks}: Pick<SmearField, "cells" | "networks">): FieldCounts {
  const kinds = {red: 0, white: 0, platelet: 0, clump: 0, cut: 0};
  const [network, reviewed] = [
    {cells: 0, infected: 0},
    {cells: 0, infected: 0}
  ];
  let [waiting, marked] = [0, 0];
  for (const cell of cells) {
    const isRed = cell.kind === "red";
    if (!cell.isAdded) {
      kinds[cell.kind]++;
      if (isRed) {
        network.cells++;
        network.infected += Number(networkCall(cell, networks).label === "parasitized");
        waiting += Number(standing(cell) === null);
      }
    }
    marked += Number(cell.mark !== null);
    if (cell.mark === "no cell" || (!isRed && cell.mark === null)) continue;
    reviewed.cells++;
    reviewed.infected += Number(reviewedCall(cell, networks).label === "parasitized");
  }
  return {network, reviewed, kinds, waiting, marked};
}

/** A place in a smear. */
export interface Place {
  field: string;
  cell: number;
}

/**
 * What a person should look at, the most probable first: cells that a network calls parasitized or is too close to call,
 * and those that a person called so.
 */
export function suspects({fields}: Pick<Review, "fields">): (Place & {probability: number})[] {
  return fields.flatMap(suspectsIn).sort((a, b) => b.probability - a.probability);
}

const suspected = new WeakMap<SmearField, (Place & {probability: number})[]>();

function suspectsIn(field: SmearField): (Place & {probability: number})[] {
  const known = suspected.get(field);
  if (known) return known;
  const {sha256, cells, networks} = field;
  const found = cells.flatMap((cell, n) =>
    isSuspect(cell, networks) ? [{field: sha256, cell: n, probability: standing(cell)?.probability ?? 0}] : []
  );
  suspected.set(field, found);
  return found;
}

/** Whether a person should look at a cell. */
export function isSuspect(cell: SmearCell, networks: SmearNetworks): boolean {
  const {label, isClose} = networkCall(cell, networks);
  return label === "parasitized" || isClose || cell.mark === "parasitized";
}
