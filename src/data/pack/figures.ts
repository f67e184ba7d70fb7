import {hueAndSaturation, luma} from "../shapes/manifest.js";
import type {ColourFigures} from "../shapes/manifest.js";

/**
 * A pixel belongs to the cell if its largest channel reaches this value (of 255). The set's pictures are crops with the
 * surroundings painted black; resizing blends the black into the cell's edge, so the threshold sits above zero.
 */
export const IN_CELL = 24;

/**
 * Simple colour figures of one cell; all but `frame` are 0 when no pixel is in the cell.
 *
 * @param data RGB values 0…255, three a pixel
 */
export function colourFigures(data: Uint8Array): ColourFigures {
  let count = 0;
  const sums = [0, 0, 0] as [number, number, number];
  let greenSquares = 0;
  for (let i = 0; i < data.length; i += 3) {
    const [r, g, b] = [data[i]!, data[i + 1]!, data[i + 2]!];
    if (Math.max(r, g, b) < IN_CELL) continue;
    ++count;
    sums[0] += r;
    sums[1] += g;
    sums[2] += b;
    greenSquares += g * g;
  }
  const frame = 1 - count / (data.length / 3);
  const [red, green, blue] = sums.map((sum) => sum / (count || 1)) as typeof sums;
  const spread = Math.sqrt(Math.max(0, greenSquares / (count || 1) - green ** 2));
  const [colour, brightness] = [hueAndSaturation(red, green, blue), luma(red, green, blue)];
  return {frame, red, green, blue, ...colour, brightness, spread};
}
