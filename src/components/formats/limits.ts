import {Refusal} from "../image/refusal.js";

/** Largest file that is read, in bytes. */
export const MAX_BYTES = 20_000_000;

/** Largest picture that is decoded, in pixels: 25 megapixels take 100 MB as RGBA. */
export const MAX_PIXELS = 25_000_000;

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
export function checkPixels({width, height}: {width: number; height: number}): void {
  if (width * height <= MAX_PIXELS) return;
  const size = [width, height].map((n) => n.toLocaleString("en")).join(" × ");
  const limit = MAX_PIXELS / 1e6;
  throw new Refusal(
    "too-many-pixels",
    `This picture has ${size} pixels; the limit is ${limit} million. Crop it to a single cell.`
  );
}
