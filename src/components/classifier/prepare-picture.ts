import {cellSide} from "../../data/shapes/cells.js";
import type {ModelSource} from "../engine/download.js";
import type {FoundCell} from "../finder/find-cells.js";
import {decodePicture} from "../formats/decode.js";
import type {DecodedPicture} from "../formats/decode.js";
import {readFile} from "../formats/read-file.js";
import {isLarge, prepareAsIs} from "../gate/as-is.js";
import type {PreparedCell} from "../gate/as-is.js";
import {isOnBlack} from "../gate/gate.js";
import type {SeenPicture} from "../gate/gate.js";
import type {AskedFinder} from "../gate/prepare-cell.js";
import {cropPicture} from "../image/crop.js";
import type {PicturePart} from "../image/crop.js";
import {Refusal, messageOf} from "../image/refusal.js";
import type {RgbPicture} from "../image/resize.js";
import {dyesOf, typicalDyes} from "../image/stain.js";
import type {Dyes} from "../image/stain.js";
import type {PreparationReply, PreparationRequest} from "./protocol.js";

/** How a picture shall be read. */
export interface Reading {
  /** Leaves the picture as it is, where its cell would be cut out. */
  asIs?: boolean;
  /** Calls a class even where the gate speaks against it. */
  anyway?: boolean;
  /** Reads this part of the picture alone. */
  part?: PicturePart;
}

/** How a picture is prepared. */
export interface Preparation extends Reading {
  /** Where the finder lies; without it only what lies on black can be answered. */
  finder?: ModelSource | undefined;
}

/** What a network, and the gate before it, get of a picture. */
export interface PreparedPicture extends PreparedCell {
  /** The size in pixels, upright, of the picture or the part of it that was read. */
  width: number;
  height: number;
  /** Of the file, in lower-case hexadecimal. */
  sha256: string;
  /** What to know of how the file was read, in sentences. */
  notes: string[];
}

/** Prepares a picture; `onWait` is told when its file gives way to others, since nothing comes of it. @throws Refusal */
export type Prepare = (file: Blob, preparation?: Preparation, onWait?: () => void) => Promise<PreparedPicture>;

/** What a picture is prepared with. */
export interface PreparingParts {
  decode?: (bytes: Uint8Array<ArrayBuffer>) => Promise<DecodedPicture>;
  /** Starts the finder, where it is first asked. */
  openFinder?: (source: ModelSource) => Promise<AskedFinder>;
}

/** What cuts cells out is fetched where something is to be cut out. @throws Refusal */
const loadCutting = () =>
  import("../gate/prepare-cell.js").catch(() => {
    throw new Refusal("engine", "What cuts cells out did not load. Check your connection, and reload the page.");
  });

/** Reads and decodes an untrusted picture and brings it to what the networks were trained on. @throws Refusal */
export async function preparePicture(
  file: Blob,
  {finder, ...reading}: Preparation = {},
  onWait?: () => void,
  {decode = decodePicture, openFinder}: PreparingParts = {}
): Promise<PreparedPicture> {
  const {bytes, sha256} = await readFile(file, onWait);
  try {
    const {data, width, height, notes} = await decode(bytes);
    const whole: RgbPicture = {data, width, height, channels: 3};
    const picture = reading.part ? cropPicture(whole, reading.part) : whole;
    const about = {width: picture.width, height: picture.height, notes, sha256};
    const resized = prepareAsIs(picture);
    if (reading.asIs || (isOnBlack(resized.descriptors) && !isLarge(picture))) return {...resized, ...about};
    const {prepareCell, finderOf} = await loadCutting();
    const open = finder && (() => (openFinder ?? finderOf)(finder));
    const onTrouble = (sentence: string) => notes.push(sentence);
    return {...(await prepareCell(picture, {open, whole: resized, anyway: reading.anyway, onTrouble})), ...about};
  } catch (error) {
    if (error instanceof Refusal) error.sha256 = sha256;
    throw error;
  }
}

/**
 * Brings a cell that was found in a field to what the network was trained on.
 * @param cell on black, 50×50 RGB pixels
 * @param size as it was found, in pixels
 * @param typical dyes of the field's typical red cell
 */
export function prepareFound(
  cell: Uint8ClampedArray,
  {width, height}: Pick<SeenPicture, "width" | "height">,
  typical: Dyes | null
): SeenPicture {
  const picture = {data: cell, width: cellSide, height: cellSide, channels: 3} as const;
  return {...prepareAsIs(picture), cut: true, width, height, typical};
}

/**
 * Brings the red cells of a field to what the network was trained on.
 * @param cut brings one onto black, as 50×50 RGB pixels
 * @returns null for what is no whole single red cell; and the dyes of the typical one, null where there is none
 */
export function prepareAllFound(
  cells: readonly FoundCell[],
  cut: (cell: FoundCell) => Uint8ClampedArray
): {pictures: (SeenPicture | null)[]; typical: Dyes | null} {
  const cuts = cells.map((cell) => (cell.kind === "red" ? cut(cell) : null));
  const typical = typicalDyes(cuts.map((pixels) => pixels && dyesOf(pixels)).filter((dyes) => dyes !== null));
  return {pictures: cuts.map((pixels, n) => pixels && prepareFound(pixels, cells[n]!, typical)), typical};
}

/** Answers a request that came to the preparing thread. Never rejects. */
export async function answerPreparation(
  {id, file, preparation}: PreparationRequest,
  onWait?: () => void,
  prepare: Prepare = preparePicture
): Promise<Exclude<PreparationReply, {type: "started" | "waits"}>> {
  try {
    return {type: "prepared", id, picture: await prepare(file, preparation, onWait)};
  } catch (error) {
    const {code, sha256} = error instanceof Refusal ? error : {code: null};
    return {type: "refusal", id, code, message: messageOf(error), sha256};
  }
}
