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
