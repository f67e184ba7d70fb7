import {cellSide} from "../../data/shapes/cells.js";
import type {ModelSource} from "../engine/download.js";
import {decodePicture} from "../formats/decode.js";
import type {DecodedPicture} from "../formats/decode.js";
import {readFile} from "../formats/read-file.js";
import type {SeenPicture} from "../gate/gate.js";
import {prepareCell} from "../gate/prepare-cell.js";
import type {PreparedCell} from "../gate/prepare-cell.js";
import {cropPicture} from "../image/crop.js";
import type {PicturePart} from "../image/crop.js";
import type {Mask} from "../image/mask.js";
import {Refusal, messageOf} from "../image/refusal.js";
import type {RgbPicture} from "../image/resize.js";
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
  /** Where the finder lies, which tells a whole field from a cell; without it none is told. */
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
  /** Whether a picture in which a cell was found at the mask is a whole field. */
  isField?: (picture: RgbPicture, mask: Mask | null, finder: ModelSource) => Promise<boolean>;
}

/** Pixels of the shorter side from which on a picture may be a whole field: fields of a microscope have more. */
const LEAST_FIELD = 200;

/** The finder, and what asks it, are fetched where a picture is large enough. */
const askFinder: Required<PreparingParts>["isField"] = async (picture, mask, source) => {
  const {findOnce, isWholeField} = await import("../finder/whole-field.js");
  return isWholeField(picture, mask, async (seen) => (await findOnce(source))(seen));
};

/** Reads and decodes an untrusted picture and brings it to what the networks were trained on. @throws Refusal */
export async function preparePicture(
  file: Blob,
  {finder, ...reading}: Preparation = {},
  onWait?: () => void,
  {decode = decodePicture, isField = askFinder}: PreparingParts = {}
): Promise<PreparedPicture> {
  const {bytes, sha256} = await readFile(file, onWait);
  try {
    const {data, width, height, notes} = await decode(bytes);
    const whole: RgbPicture = {data, width, height, channels: 3};
    const picture = reading.part ? cropPicture(whole, reading.part) : whole;
    const {mask, ...cell} = prepareCell(picture, reading);
    const about = {width: picture.width, height: picture.height, notes, sha256};
    const isLarge = Math.min(picture.width, picture.height) >= LEAST_FIELD;
    if (finder && isLarge && !reading.asIs && !reading.anyway && !cell.missing) {
      try {
        if (await isField(picture, mask ?? null, finder)) return {...notCut(picture), missing: "several", ...about};
      } catch (error) {
        notes.push(`Whether this is one cell or a whole field could not be told: ${messageOf(error)}`);
      }
    }
    return {...cell, ...about};
  } catch (error) {
    if (error instanceof Refusal) error.sha256 = sha256;
    throw error;
  }
}

/** A picture of which no cell was cut out. */
const notCut = (picture: RgbPicture): PreparedCell => prepareCell(picture, {asIs: true});

/**
 * Brings a cell that was found in a field to what the network was trained on.
 * @param cell on black, 50×50 RGB pixels
 * @param size as it was found, in pixels
 */
export function prepareFound(
  cell: Uint8ClampedArray,
  {width, height}: Pick<SeenPicture, "width" | "height">
): SeenPicture {
  const picture = {data: cell, width: cellSide, height: cellSide, channels: 3} as const;
  return {...prepareCell(picture, {asIs: true}), cut: true, width, height};
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
