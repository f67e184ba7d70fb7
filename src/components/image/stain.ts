/** Pixels whose brightest channel is below this are the black around a cell. */
const CELL_FROM = 24;
/** Median densities below this count as this, so that a cell without density is not blown up. */
const FAINTEST = 0.02;

/** Median optical density, −ln of the share of light (value + 1) / 256, of a cell in red, green and blue. */
export type Dyes = readonly [red: number, green: number, blue: number];

/** @returns the dyes of RGB pixels on black; null where all is black */
export function dyesOf(rgb: ArrayLike<number>): Dyes | null {
  const counts = [0, 1, 2].map(() => new Uint32Array(256));
  let size = 0;
  for (let at = 0; at < rgb.length; at += 3) {
    if (!isCell(rgb, at)) continue;
    size++;
    for (let channel = 0; channel < 3; channel++) counts[channel]![rgb[at + channel]!]!++;
  }
  if (size === 0) return null;
  const median = (channel: number) => {
    const middle = (place: number) => -Math.log((valueAt(counts[channel]!, place) + 1) / 256);
    return (middle((size - 1) >> 1) + middle(size >> 1)) / 2;
  };
  return [median(0), median(1), median(2)];
}

/** @returns the dyes of the cell that is typical of many: the median of each channel; null of none */
export function typicalDyes(all: readonly Dyes[]): Dyes | null {
  if (all.length === 0) return null;
  const median = (channel: 0 | 1 | 2) => all.map((dyes) => dyes[channel]).sort((a, b) => a - b)[all.length >> 1]!;
  return [median(0), median(1), median(2)];
}

/** The value at a place among sorted ones, of which it is counted how often each occurs. */
function valueAt(counts: Uint32Array, place: number): number {
  let [value, seen] = [0, counts[0]!];
  while (seen <= place) seen += counts[++value]!;
  return value;
}

/**
 * Brings a cell to one stain: its densities are scaled, channel by channel, so that `dyes` become the `target`. A stain
 * twice as strong, a thicker cell or a darker exposure take more light everywhere in a cell; scaling the density back
 * leaves what stands out from it: the parasite. The same as `standardise` in `models/training/standard.py`.
 * @param rgb pixels on black, which stays
 * @param dyes of these pixels, or of what is typical of cells that were stained together
 */
export function toOneStain(rgb: ArrayLike<number>, dyes: Dyes, target: Dyes): Uint8ClampedArray {
  const scale = target.map((value, channel) => value / Math.max(FAINTEST, dyes[channel]!));
  const tables = scale.map((factor) =>
    new Uint8ClampedArray(256).map((_, value) => ((value + 1) / 256) ** factor * 256 - 1)
  );
  const out = new Uint8ClampedArray(rgb);
  for (let at = 0; at < rgb.length; at += 3) {
    if (isCell(rgb, at))
      for (let channel = 0; channel < 3; channel++) out[at + channel] = tables[channel]![rgb[at + channel]!]!;
  }
  return out;
}

function isCell(rgb: ArrayLike<number>, at: number): boolean {
  return Math.max(rgb[at]!, rgb[at + 1]!, rgb[at + 2]!) >= CELL_FROM;
}
