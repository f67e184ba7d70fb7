import {readFileSync} from "node:fs";
import type {BytePicture, Picture} from "../../../../src/components/augment/index.js";

/** Reads a golden file. */
export function golden<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../../fixtures/augment/${name}.json`, import.meta.url), "utf8")) as T;
}

/** A picture whose value at (channel, y, x) is given by a function. */
export function pictureOf(height: number, width: number, value: (c: number, y: number, x: number) => number): Picture {
  const data = new Float32Array(width * height * 3);
  for (let y = 0, k = 0; y < height; ++y)
    for (let x = 0; x < width; ++x) for (let c = 0; c < 3; ++c) data[k++] = value(c, y, x);
  return {data, width, height};
}

/** The small picture of the reference file. */
export const small = (height: number, width: number) =>
  pictureOf(height, width, (c, y, x) => (((3 * x + 5 * y + 7 * c) % 16) + 0.5) / 16);

/** The large picture of the reference file, 460×460. */
export const large = () =>
  pictureOf(
    460,
    460,
    (c, y, x) => 0.5 + 0.45 * Math.sin(2 * Math.PI * (x / 37 + c / 3)) * Math.cos((2 * Math.PI * y) / 53)
  );

/** One channel as rows. */
export function channel({data, width, height}: Picture | BytePicture, c = 0): number[][] {
  return Array.from({length: height}, (_, y) => Array.from({length: width}, (_, x) => data[(y * width + x) * 3 + c]!));
}

/** The three channels at a pixel. */
export const pixel = ({data, width}: Picture, y: number, x: number) => [
  ...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)
];

/** The largest absolute difference; infinite where the lengths differ or a value is not a number. */
export function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let most = 0;
  for (let i = 0; i < a.length; ++i) {
    const distance = Math.abs(a[i]! - b[i]!);
    if (!(distance <= most)) most = Number.isNaN(distance) ? Infinity : distance;
  }
  return most;
}

/** Bytes of a base64 text. */
export const bytes = (text: string) => new Uint8Array(Buffer.from(text, "base64"));

/** Little-endian floats of a base64 text. */
export const floats = (text: string) => new Float32Array(bytes(text).buffer);
