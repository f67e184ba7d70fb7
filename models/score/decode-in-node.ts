import {decode as decodeBmp} from "bmp-ts";
import sharp from "sharp";
import type {Sharp} from "sharp";
import type {RgbaPicture} from "../../src/components/formats/browser-pixels.js";
import {decodePicture} from "../../src/components/formats/decode.js";
import type {DecodedPicture} from "../../src/components/formats/decode.js";
import type {PictureHeader} from "../../src/components/formats/header.js";
import {Refusal} from "../../src/components/image/refusal.js";

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
  const image = sharp(bytes, {ignoreIcc: true, failOn: "error", limitInputPixels: false}).autoOrient();
  if ((await image.metadata()).space === "cmyk") return decodeInks(image);
  const {data, info} = await image.toColourspace("srgb").ensureAlpha().raw().toBuffer({resolveWithObject: true});
  return {data: new Uint8ClampedArray(data), width: info.width, height: info.height};
}

/** Four inks as browsers show them without a profile: what one lets through of light, times what black does. */
async function decodeInks(image: Sharp): Promise<RgbaPicture> {
  const {data, info} = await image
    .pipelineColourspace("cmyk")
    .toColourspace("cmyk")
    .raw()
    .toBuffer({resolveWithObject: true});
  const rgba = new Uint8ClampedArray(data.length).fill(255);
  for (let at = 0; at < data.length; at += 4) {
    for (let ink = 0; ink < 3; ink++) rgba[at + ink] = ((255 - data[at + ink]!) * (255 - data[at + 3]!)) / 255;
  }
  return {data: rgba, width: info.width, height: info.height};
}

/** Header size and compressions of BMP that bmp-ts does not read, or reads wrongly. */
const [CORE_HEADER, RUN_LENGTHS] = [12, [1, 2]] as const;

function decodeBitmap(bytes: Uint8Array): RgbaPicture {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = view.getUint32(14, true);
  if (header === CORE_HEADER || RUN_LENGTHS.some((kind) => kind === view.getUint32(30, true))) {
    throw new Refusal(
      "unsupported",
      "This BMP file is of a rare kind (run lengths, or OS/2), which only the page reads. Save the picture as PNG and choose that file."
    );
  }
  const {data, width, height} = decodeBmp(Buffer.from(bytes), {toRGBA: true});
  const opaque = new Uint8ClampedArray(data);
  for (let alpha = 3; alpha < opaque.length; alpha += 4) opaque[alpha] = 255;
  return {data: opaque, width, height};
}
