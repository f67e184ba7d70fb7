import {truncated} from "./header.js";
import type {PictureHeader} from "./header.js";
import {inflatedLength, readPngData} from "./png.js";

/**
 * Makes sure that a file which lacks its end marker lacks nothing else: the compressed data hold every pixel.
 * @param bytes the whole file
 * @param header its header, with what is `missing`
 * @throws Refusal `truncated` where pixels are missing
 */
export async function requireAllPixels(bytes: Uint8Array<ArrayBuffer>, header: PictureHeader): Promise<void> {
  const {kind, missing} = header;
  const isWhole =
    !missing ||
    (kind === "PNG"
      ? await isWholePng(bytes)
      : kind === "JPEG"
        ? await isWholeJpeg(bytes, missing)
        : kind === "BMP" || kind === "GIF");
  if (!isWhole) throw truncated(kind);
}

/** Its decoder, strict, stumbles over an end marker that comes before the last block of pixels. */
async function isWholeJpeg(bytes: Uint8Array, end: Uint8Array): Promise<boolean> {
  const {default: jpeg} = await import("jpeg-js");
  const closed = new Uint8Array(bytes.length + end.length);
  closed.set(bytes);
  closed.set(end, bytes.length);
  try {
    jpeg.decode(closed, {useTArray: true, tolerantDecoding: false});
    return true;
  } catch {
    return false;
  }
}

async function isWholePng(bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const {size, data} = readPngData(bytes);
  return (await inflatedLength(data, size)) === size;
}
