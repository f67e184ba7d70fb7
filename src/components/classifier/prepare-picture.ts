import {prepareCell} from "../gate/prepare-cell.js";
import type {PreparedCell} from "../gate/prepare-cell.js";
import {decodePicture} from "../image/decode.js";
import type {DecodedPicture} from "../image/decode.js";
import type {Reading} from "./protocol.js";

/** What a network, and the gate before it, get of a picture. */
export interface PreparedPicture extends PreparedCell {
  /** The picture's size in pixels, upright. */
  width: number;
  height: number;
  /** Number of frames in the file; only the first is read. */
  frames: number;
}

/** Decodes an untrusted picture and brings it to what the network was trained on. @throws Refusal */
export async function preparePicture(
  file: Blob,
  reading: Reading = {},
  decode: (file: Blob) => Promise<DecodedPicture> = decodePicture
): Promise<PreparedPicture> {
  const {data, width, height, header} = await decode(file);
  const {frames} = header;
  return {...prepareCell({data, width, height, channels: 3}, reading), width, height, frames};
}
