/** Samples as a camera or a microscope's software stores them. */
export type Samples = Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array;

/** Depths, in bits, that cameras have; a picture of more than 8 bits has the least of them that holds its values. */
const DEPTHS = [8, 10, 12, 14, 16, 32];

/**
 * The depth, in bits, that unsigned samples use: 12 for a 12-bit camera's values stored in 16 bits.
 * @param samples whole numbers, not negative
 * @param stored bits that each sample has room for
 * @returns the least usual depth that holds the greatest value, at most `stored`
 */
export function usedDepth(samples: ArrayLike<number>, stored: number): number {
  if (stored <= 8) return stored;
  let greatest = 0;
  for (let n = 0; n < samples.length; n++) if (samples[n]! > greatest) greatest = samples[n]!;
  return Math.min(stored, DEPTHS.find((bits) => greatest < 2 ** bits) ?? stored);
}

/**
 * Brings whole numbers of `depth` bits to 0…255, rounded: the greatest value of that depth becomes 255.
 * @returns one byte a sample
 */
export function toBytes(samples: ArrayLike<number>, depth: number): Uint8ClampedArray {
  const scale = 255 / (2 ** depth - 1);
  const bytes = new Uint8ClampedArray(samples.length);
  for (let n = 0; n < bytes.length; n++) bytes[n] = samples[n]! * scale;
  return bytes;
}

/**
 * Brings floating-point samples to 0…255. Up to 1 they are shares of light; beyond it they are read as the whole
 * numbers of the least usual depth that holds them.
 * @returns one byte a sample, or null where a value is negative or no number, which no brightness is
 */
export function floatsToBytes(samples: Float32Array | Float64Array): Uint8ClampedArray | null {
  let greatest = 0;
  for (const value of samples) {
    if (!(value >= 0 && value < Infinity)) return null;
    if (value > greatest) greatest = value;
  }
  if (greatest > 1) return toBytes(samples, usedDepth([greatest], 32));
  return Uint8ClampedArray.from(samples, (value) => value * 255);
}
