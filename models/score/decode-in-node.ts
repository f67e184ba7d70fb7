import {decode as decodeBmp} from "bmp-ts";
import sharp from "sharp";
import type {RgbaPicture} from "../../src/components/formats/browser-pixels.js";
import {decodePicture} from "../../src/components/formats/decode.js";
import type {DecodedPicture} from "../../src/components/formats/decode.js";
import type {PictureHeader} from "../../src/components/formats/header.js";

/**
 * Decodes an untrusted picture as the page does, with the same checks and sentences: what browsers decode themselves is
 * decoded by libvips, BMP by bmp-ts. Lossless formats give the very pixels of the page, JPEG too where the browser decodes it
 * by libjpeg-turbo, as Chromium does.
 * @throws Refusal
 */
export function decodeInNode(bytes: Uint8Array<ArrayBuffer>): Promise<DecodedPicture> {
  return decodePicture(bytes, decodePixels);
}

async function decodePixels(bytes: Uint8Array<ArrayBuffer>, {kind}: PictureHeader): Promise<RgbaPicture> {
  if (kind === "BMP") return decodeBitmap(bytes);
  const {data, info} = await sharp(bytes, {ignoreIcc: true, failOn: "error", limitInputPixels: false})
    .autoOrient()
    .toColourspace("srgb")
    .ensureAlpha()
    .raw()
    .toBuffer({resolveWithObject: true});
  return {data: new Uint8ClampedArray(data), width: info.width, height: info.height};
}

function decodeBitmap(bytes: Uint8Array): RgbaPicture {
  const {data, width, height} = decodeBmp(Buffer.from(bytes), {toRGBA: true});
  const opaque = new Uint8ClampedArray(data);
  for (let alpha = 3; alpha < opaque.length; alpha += 4) opaque[alpha] = 255;
  return {data: opaque, width, height};
}
