/**
 * A pixel belongs to the cell if its largest channel reaches this value (of 255). The set's pictures are crops with the
 * surroundings painted black; resizing blends the black into the cell's edge, so the threshold sits above zero.
 */
export const IN_CELL = 24;

export interface ColourFigures {
  /** Share of pixels outside the cell, 0…1. */
  frame: number;
  /** Mean of the in-cell pixels, 0…255. */
  red: number;
  green: number;
  blue: number;
  /** Hue in degrees, 0…360, and saturation, 0…1, of that mean colour in HSV; both 0 for grey. */
  hue: number;
  saturation: number;
  /** Mean luma of the in-cell pixels, 0…1: (0.299 R + 0.587 G + 0.114 B) / 255 (ITU-R BT.601). */
  brightness: number;
  /** Standard deviation of green over the in-cell pixels (population), 0…127.5. */
  spread: number;
}

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
  return {
    frame,
    red,
    green,
    blue,
    ...hueAndSaturation(red, green, blue),
    brightness: (0.299 * red + 0.587 * green + 0.114 * blue) / 255,
    spread: Math.sqrt(Math.max(0, greenSquares / (count || 1) - green ** 2))
  };
}

/** HSV hue in degrees and saturation (Smith 1978). */
function hueAndSaturation(red: number, green: number, blue: number): {hue: number; saturation: number} {
  const max = Math.max(red, green, blue);
  const range = max - Math.min(red, green, blue);
  if (range === 0) return {hue: 0, saturation: 0};
  const sextant =
    max === red
      ? (green - blue) / range + (green < blue ? 6 : 0)
      : max === green
        ? (blue - red) / range + 2
        : (red - green) / range + 4;
  return {hue: 60 * sextant, saturation: range / max};
}
