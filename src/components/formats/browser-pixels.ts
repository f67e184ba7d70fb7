import {Refusal} from "../image/refusal.js";
import type {PictureHeader} from "./header.js";
import {checkPixels} from "./limits.js";

/** Pixels as the browser's formats hold them: 4 bytes a pixel, alpha not premultiplied, upright. */
export interface RgbaPicture {
  data: Uint8ClampedArray;
  width: number;
  height: number;
}

/** A part of a picture, in its pixels. */
export interface Region {
  x: number;
  y: number;
  width: number;
  height: number;
}

type ReadPixels = (bitmap: ImageBitmap, region: Region) => Promise<Uint8ClampedArray>;

const SIDE = 32;

/**
 * A picture whose pixels are known, as a BMP file: 32 × 32, no two places alike.
 * @returns the file, and the RGBA pixels that it must give
 */
export function knownPicture(): {file: Uint8Array<ArrayBuffer>; pixels: Uint8ClampedArray} {
  const file = new Uint8Array(54 + SIDE * SIDE * 3);
  const view = new DataView(file.buffer);
  const pixels = new Uint8ClampedArray(SIDE * SIDE * 4).fill(255);
  file.set([0x42, 0x4d]);
  for (const [at, value] of [
    [2, file.length],
    [10, 54],
    [14, 40],
    [18, SIDE],
    [22, SIDE],
    [26, 1 + (24 << 16)]
  ] as const) {
    view.setUint32(at, value, true);
  }
  for (let place = 0, at = 54; at < file.length; at++) {
    const [row, column, channel] = [Math.floor(place / 3 / SIDE), Math.floor(place / 3) % SIDE, place % 3];
    file[at] = (place * place * 7 + place * 31) >> 3;
    // Rows from the bottom, blue first.
    pixels[((SIDE - 1 - row) * SIDE + column) * 4 + 2 - channel] = file[at]!;
    place++;
  }
  return {file, pixels};
}

/** By a canvas, which browsers that fear to be told apart fill with noise. */
const byCanvas: ReadPixels = async (bitmap, {x, y, width, height}) => {
  const context = new OffscreenCanvas(width, height).getContext("2d", {willReadFrequently: true})!;
  context.drawImage(bitmap, -x, -y);
  return context.getImageData(0, 0, width, height).data;
};

/** By WebCodecs, where browsers have it. */
const byFrame: ReadPixels = async (bitmap, {x, y, width, height}) => {
  const frame = new VideoFrame(bitmap, {timestamp: 0});
  try {
    const options = {rect: {x, y, width, height}, format: "RGBA"} as const;
    const data = new Uint8ClampedArray(frame.allocationSize(options));
    await frame.copyTo(data, options);
    return data;
  } finally {
    frame.close();
  }
};

async function isTrue(read: ReadPixels): Promise<boolean> {
  const {file, pixels} = knownPicture();
  try {
    const bitmap = await createImageBitmap(new Blob([file], {type: "image/bmp"}), {colorSpaceConversion: "none"});
    const seen = await read(bitmap, {x: 0, y: 0, width: SIDE, height: SIDE});
    bitmap.close();
    return seen.length === pixels.length && seen.every((value, n) => value === pixels[n]);
  } catch {
    return false;
  }
}

let chosen: Promise<ReadPixels | null> | undefined;

/** What reads a known picture's pixels as they are, asked once; null in a browser that hides them. */
function reader(): Promise<ReadPixels | null> {
  chosen ??= (async () => ((await isTrue(byCanvas)) ? byCanvas : (await isTrue(byFrame)) ? byFrame : null))();
  return chosen;
}

/** Whether this browser gives pages no pixels, or false ones. */
export async function hidesPixels(): Promise<boolean> {
  return (await reader()) === null;
}

function hidden(): Refusal {
  return new Refusal(
    "hidden",
    "This browser hides the pixels of pictures from pages (privacy.resistFingerprinting, as Tor Browser and LibreWolf set it). Allow this site to use canvas image data, by the picture mark in the address bar or in the page's permissions, and reload; or choose a PNG, JPEG or TIFF, which are read without it."
  );
}

/**
 * Reads pixels of a decoded picture, RGBA.
 * @throws Refusal `hidden` in a browser that hides them, with the permission that is missing
 */
export async function readPixels(bitmap: ImageBitmap, region?: Region): Promise<Uint8ClampedArray> {
  const read = await reader();
  if (!read) throw hidden();
  return read(bitmap, region ?? {x: 0, y: 0, width: bitmap.width, height: bitmap.height});
}

/**
 * Decodes the first frame of a format that browsers know, without colour conversion. Where the browser hides pixels, PNG and JPEG
 * are decoded by libraries.
 * @param bytes the file, its end mark put on where it lacks one
 * @param header what its header says, already checked
 * @throws Refusal `hidden`, or whatever the decoder throws
 */
export async function decodeInBrowser(bytes: Uint8Array<ArrayBuffer>, {kind}: PictureHeader): Promise<RgbaPicture> {
  if ((kind === "PNG" || kind === "JPEG") && (await hidesPixels())) {
    return (await import("./without-canvas.js")).decodeWithoutCanvas(bytes, kind);
  }
  const bitmap = await createImageBitmap(new Blob([bytes], {type: `image/${kind.toLowerCase()}`}), {
    colorSpaceConversion: "none"
  });
  try {
    checkPixels(bitmap);
    const {width, height} = bitmap;
    return {data: await readPixels(bitmap), width, height};
  } finally {
    bitmap.close();
  }
}
