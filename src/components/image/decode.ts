import {createBudget} from "./budget.js";
import {compositeOnBlack} from "./composite.js";
import {damaged, readPictureHeader} from "./header.js";
import type {PictureHeader} from "./header.js";
import {MAX_BYTES, MAX_PIXELS, checkBytes, checkPixels} from "./limits.js";
import {Refusal} from "./refusal.js";
import {withTimeout} from "./timeout.js";

/** A decoded picture: RGB, 3 bytes a pixel, rows from the top, upright (EXIF orientation applied). */
export interface DecodedPicture {
  data: Uint8ClampedArray;
  width: number;
  height: number;
  header: PictureHeader;
}

const DECODE_MILLISECONDS = 20_000;

/** What files may hold at once while they are read, and pictures while they are decoded: as much as the largest one. */
const [reading, decoding] = [createBudget(MAX_BYTES), createBudget(MAX_PIXELS)];

/**
 * Decodes an untrusted picture at its native size: byte cap, magic bytes, header and completeness first, then the
 * browser's decoder without colour conversion, first frame only, transparent parts laid on black. Works in a worker.
 * Small pictures are decoded at the same time; a picture of the largest size, which may take 400 MB, alone.
 * @throws Refusal with a sentence that says what to do
 */
export async function decodePicture(file: Blob): Promise<DecodedPicture> {
  checkBytes(file.size);
  const header = await reading.hold(file.size, async () => readPictureHeader(await readBytes(file)));
  checkPixels(header);
  return decoding.hold(header.width * header.height, () => decodeFile(file, header));
}

async function decodeFile(file: Blob, header: PictureHeader): Promise<DecodedPicture> {
  const typed = file.slice(0, file.size, `image/${header.kind.toLowerCase()}`);
  const bitmap = await withTimeout(
    createImageBitmap(typed, {colorSpaceConversion: "none"}).catch(() => Promise.reject(damaged(header.kind))),
    DECODE_MILLISECONDS,
    () => new Refusal("timed-out", "This picture takes too long to decode. Crop it to a single cell and try again.")
  );
  try {
    checkPixels(bitmap);
    const {width, height} = bitmap;
    const context = new OffscreenCanvas(width, height).getContext("2d", {willReadFrequently: true})!;
    context.drawImage(bitmap, 0, 0);
    return {data: compositeOnBlack(context.getImageData(0, 0, width, height).data), width, height, header};
  } finally {
    bitmap.close();
  }
}

async function readBytes(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new Refusal(
      "unreadable",
      "This file cannot be read: it may be a folder, or was moved. Choose the picture again."
    );
  }
}
