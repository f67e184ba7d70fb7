import {createBudget} from "./budget.js";
import {damaged, readPictureHeader} from "./header.js";
import type {PictureHeader} from "./header.js";
import {Refusal} from "./refusal.js";

/** Largest file that is read, in bytes. */
export const MAX_BYTES = 20_000_000;

/** Largest picture that is decoded, in pixels: 25 megapixels take 100 MB as RGBA. */
export const MAX_PIXELS = 25_000_000;

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

/**
 * Lays RGBA pixels on black, the ground on which every cell of the NIH set lies: channel × alpha / 255, rounded.
 * @param rgba 4 bytes a pixel, alpha not premultiplied
 * @returns 3 bytes a pixel, in the same order
 */
export function compositeOnBlack(rgba: Uint8ClampedArray): Uint8ClampedArray {
  const rgb = new Uint8ClampedArray((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4) {
    const alpha = rgba[from + 3]! / 255;
    for (let channel = 0; channel < 3; channel++) rgb[to++] = rgba[from + channel]! * alpha;
  }
  return rgb;
}

/**
 * Settles as `promise` does, or rejects after `milliseconds`, whichever comes first. What `promise` stands for is not
 * stopped.
 * @param reason makes the error to reject with
 */
export function withTimeout<T>(promise: Promise<T>, milliseconds: number, reason: () => Error): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(reason()), milliseconds);
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

/** @throws Refusal `too-large` when a file of `bytes` bytes exceeds {@link MAX_BYTES} */
export function checkBytes(bytes: number): void {
  if (bytes <= MAX_BYTES) return;
  const size = (bytes / 1e6).toLocaleString("en", {maximumFractionDigits: 1});
  throw new Refusal(
    "too-large",
    `This file has ${size} MB; the limit is ${MAX_BYTES / 1e6} MB. Crop it to a single cell.`
  );
}

/** @throws Refusal `too-many-pixels` when the picture exceeds {@link MAX_PIXELS} */
export function checkPixels({width, height}: Pick<PictureHeader, "width" | "height">): void {
  if (width * height <= MAX_PIXELS) return;
  const size = [width, height].map((n) => n.toLocaleString("en")).join(" × ");
  const limit = MAX_PIXELS / 1e6;
  throw new Refusal(
    "too-many-pixels",
    `This picture has ${size} pixels; the limit is ${limit} million. Crop it to a single cell.`
  );
}
