import {decodePicture} from "../formats/decode.js";
import type {DecodedPicture} from "../formats/decode.js";
import {prepareCell} from "../gate/prepare-cell.js";
import type {PreparedCell} from "../gate/prepare-cell.js";
import {Refusal, messageOf} from "../image/refusal.js";
import type {PreparationReply, PreparationRequest} from "./protocol.js";

/** How a picture shall be read. */
export interface Reading {
  /** Leaves the picture as it is, where its cell would be cut out. */
  asIs?: boolean;
  /** Calls a class even where the gate speaks against it. */
  anyway?: boolean;
}

/** What a network, and the gate before it, get of a picture. */
export interface PreparedPicture extends PreparedCell {
  /** The picture's size in pixels, upright. */
  width: number;
  height: number;
  /** What to know of how the file was read, in sentences. */
  notes: string[];
}

/** Prepares a picture. @throws Refusal */
export type Prepare = (file: Blob, reading?: Reading) => Promise<PreparedPicture>;

/** Decodes an untrusted picture and brings it to what the networks were trained on. @throws Refusal */
export async function preparePicture(
  file: Blob,
  reading: Reading = {},
  decode: (file: Blob) => Promise<DecodedPicture> = decodePicture
): Promise<PreparedPicture> {
  const {data, width, height, notes} = await decode(file);
  return {...prepareCell({data, width, height, channels: 3}, reading), width, height, notes};
}

/** Answers a request that came to the preparing thread. Never rejects. */
export async function answerPreparation(
  {id, file, reading}: PreparationRequest,
  prepare: Prepare = preparePicture
): Promise<PreparationReply> {
  try {
    return {type: "prepared", id, picture: await prepare(file, reading)};
  } catch (error) {
    return {type: "refusal", id, code: error instanceof Refusal ? error.code : null, message: messageOf(error)};
  }
}
