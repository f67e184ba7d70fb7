import type {RgbPicture} from "../image/resize.js";

/**
 * Makes RGB of interleaved bytes: grey (1 channel), grey and alpha (2), RGB (3) or RGB and alpha (4), transparent parts on black.
 * @throws RangeError for another number of channels, or another number of samples than pixels × channels
 */
export function channelsToRgb(
  bytes: Uint8ClampedArray,
  {width, height, channels}: {width: number; height: number; channels: number}
): RgbPicture {
  const pixels = width * height;
  if (!(channels >= 1 && channels <= 4) || bytes.length !== pixels * channels) {
    throw new RangeError(`${bytes.length} samples make no ${width}×${height} picture of ${channels} channels.`);
  }
  if (channels === 3) return {data: bytes, width, height, channels};
  const rgba = new Uint8ClampedArray(pixels * 4).fill(255);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const from = pixel * channels;
    for (let channel = 0; channel < 3; channel++)
      rgba[pixel * 4 + channel] = bytes[from + (channels < 3 ? 0 : channel)]!;
    if (channels % 2 === 0) rgba[pixel * 4 + 3] = bytes[from + channels - 1]!;
  }
  return {data: compositeOnBlack(rgba), width, height, channels: 3};
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
