import {prepareAllFound, prepareFound} from "../classifier/prepare-picture.js";
import {leaveOut, roundView, withinView} from "../finder/eyepiece.js";
import type {Circle} from "../finder/eyepiece.js";
import type {FoundCell, FoundField} from "../finder/find-cells.js";
import type {DecodedPicture} from "../formats/decode.js";
import {readFile} from "../formats/read-file.js";
import type {SeenPicture} from "../gate/gate.js";
import {Refusal} from "../image/refusal.js";
import type {RgbPicture} from "../image/resize.js";
import type {Dyes} from "../image/stain.js";
import {doubtsOf, fieldMeasures} from "./doubts.js";

/** What is needed of a finder. */
export interface CellFinder {
  find(picture: RgbPicture, onProgress: (share: number) => void): Promise<FoundField>;
  /** A found cell on black, 50×50 RGB pixels, as the training cells were. */
  cut(picture: RgbPicture, cell: FoundCell): Uint8ClampedArray;
}

/** What a field is doing. */
export type Stage = "reading" | "finding" | "cutting";

/** What was found in a file. */
export interface FieldReading extends FoundField {
  /** Of the file, in lower-case hexadecimal. */
  sha256: string;
  /** Dyes of its typical red cell, null where it has none. */
  typical: Dyes | null;
  /** Each whole single red cell as the networks want it; null for all else. */
  pictures: (SeenPicture | null)[];
  /** What is doubtful about the picture, and what to know of how it was read, in sentences. */
  doubts: string[];
}

/** Cells of a field that was read before. */
export interface CutRequest {
  /** Dyes of the field's typical red cell, if they are known. */
  typical: Dyes | null;
  cells: FoundCell[];
}

/** How {@link readField} tells how far it is. */
export interface FieldWatcher {
  /** @param share of the stage that is done, 0…1 */
  onStage?: (stage: Stage, share: number) => void;
  /** Given the picture as soon as there is one; it must not be changed. */
  onPicture?: (picture: RgbPicture) => Promise<void> | void;
}

/** What fields are read with. */
export interface FieldParts {
  decode: (bytes: Uint8Array<ArrayBuffer>) => Promise<DecodedPicture>;
  finder: Promise<CellFinder>;
}

/** Reads and decodes an untrusted file, upright. @throws Refusal */
export async function readPicture(
  file: Blob,
  decode: FieldParts["decode"]
): Promise<{picture: RgbPicture; sha256: string; notes: string[]}> {
  const {bytes, sha256} = await readFile(file);
  try {
    const {data, width, height, notes} = await decode(bytes);
    return {picture: {data, width, height, channels: 3}, sha256, notes};
  } catch (error) {
    if (error instanceof Refusal) error.sha256 = sha256;
    throw error;
  }
}

/** Leaves out what is dark around a round view, if the picture has one. */
function keepView(picture: RgbPicture): Circle | null {
  const circle = roundView(picture);
  if (circle) leaveOut(picture, circle);
  return circle;
}

/** Cuts cells out of a field that was read before, along the outlines that they have. @returns pictures in their order @throws Refusal */
export async function cutCells(
  file: Blob,
  {typical, cells}: CutRequest,
  {decode, finder}: FieldParts,
  {onStage = () => {}}: Pick<FieldWatcher, "onStage"> = {}
): Promise<SeenPicture[]> {
  onStage("reading", 0);
  const {picture} = await readPicture(file, decode);
  keepView(picture);
  const {cut} = await finder;
  onStage("cutting", 0);
  return cells.map((cell) => prepareFound(cut(picture, cell), cell, typical));
}

/** Reads a field: decodes it, leaves out what is dark around a round view, finds the cells, cuts the red ones out. @throws Refusal */
export async function readField(
  file: Blob,
  {decode, finder}: FieldParts,
  {onStage = () => {}, onPicture = () => {}}: FieldWatcher = {}
): Promise<FieldReading> {
  onStage("reading", 0);
  const {picture, sha256, notes} = await readPicture(file, decode);
  await onPicture(picture);
  onStage("finding", 0);
  const circle = keepView(picture);
  const {find, cut} = await finder;
  const found = await find(picture, (share) => onStage("finding", share));
  const cells = circle ? withinView(found.cells, circle) : found.cells;
  const field = {width: picture.width, height: picture.height, diameter: found.diameter, cells};
  onStage("cutting", 0);
  const prepared = prepareAllFound(cells, (cell) => cut(picture, cell));
  return {...field, sha256, ...prepared, doubts: [...doubtsOf(fieldMeasures(picture, field), field), ...notes]};
}
