import {checkNumber} from "./check.js";
import type {Picture} from "./types.js";

/** What another laboratory's stain and camera do to a picture; what is absent is neutral. */
export interface Stain {
  /** Turn of the chroma plane in radians; neutral 0. */
  readonly hue?: number;
  /** Factor of the chroma; neutral 1. */
  readonly saturation?: number;
  /** Factor of each channel; neutral [1, 1, 1]. */
  readonly gain?: readonly [red: number, green: number, blue: number];
}

/** How far the stain is varied, as this network's training names it; 0 leaves it alone. */
export interface StainOptions {
  /** Probability of each of the three. */
  pStain?: number;
  /** Radians to either side. */
  maxHue?: number;
  /** Largest logarithm of the factor, to either side. */
  maxSaturation?: number;
  maxGain?: number;
}

/** Draws a stain: hue is uniform, the factors are uniform in their logarithm; each has its own gate. */
export function drawStain(
  random: () => number,
  {pStain = 0, maxHue = 0, maxSaturation = 0, maxGain = 0}: StainOptions
): Stain {
  checkNumber("pStain", pStain, 0, 1);
  for (const [name, value] of Object.entries({maxHue, maxSaturation, maxGain})) checkNumber(name, value, 0, 3.2);
  const either = (most: number) => (2 * random() - 1) * most;
  const factor = (most: number) => Math.exp(either(most));
  const [gateHue, hue] = [random(), either(maxHue)];
  const [gateSaturation, saturation] = [random(), factor(maxSaturation)];
  const [gateGain, gain] = [random(), [factor(maxGain), factor(maxGain), factor(maxGain)] as const];
  return {
    ...(gateHue < pStain && maxHue > 0 && {hue}),
    ...(gateSaturation < pStain && maxSaturation > 0 && {saturation}),
    ...(gateGain < pStain && maxGain > 0 && {gain})
  };
}

// YIQ by the coefficients of `models/training/augmentation.py`, and its inverse.
const toYiq = [
  [0.299, 0.587, 0.114],
  [0.596, -0.274, -0.322],
  [0.211, -0.523, 0.312]
] as const;
const fromYiq = inverse(toYiq);

/**
 * Turns and scales the chroma plane of YIQ, then scales the channels, as in the training of this network. Black stays
 * black; values are kept in 0…1.
 */
export function stain(picture: Picture, {hue = 0, saturation = 1, gain = [1, 1, 1]}: Stain): Picture {
  if (hue === 0 && saturation === 1 && gain.every((factor) => factor === 1)) return picture;
  const [cos, sin] = [Math.cos(hue) * saturation, Math.sin(hue) * saturation];
  const turn = [
    [1, 0, 0],
    [0, cos, -sin],
    [0, sin, cos]
  ];
  const matrix = product(fromYiq, product(turn, toYiq)).map((row, channel) => row.map((x) => x * gain[channel]!));
  const data = new Float32Array(picture.data.length);
  for (let i = 0; i < data.length; i += 3) {
    for (let channel = 0; channel < 3; channel++) {
      const [r, g, b] = matrix[channel]! as [number, number, number];
      const value = r * picture.data[i]! + g * picture.data[i + 1]! + b * picture.data[i + 2]!;
      data[i + channel] = Math.min(1, Math.max(0, value));
    }
  }
  return {...picture, data};
}

type Matrix = readonly (readonly number[])[];

function product(a: Matrix, b: Matrix): number[][] {
  return a.map((row) => [0, 1, 2].map((column) => row.reduce((sum, x, k) => sum + x * b[k]![column]!, 0)));
}

/** Of a matrix of three rows: its adjugate over its determinant. */
function inverse(m: Matrix): number[][] {
  const at = (row: number, column: number) => m[row % 3]![column % 3]!;
  const cofactor = (i: number, j: number) => at(i + 1, j + 1) * at(i + 2, j + 2) - at(i + 1, j + 2) * at(i + 2, j + 1);
  const determinant = [0, 1, 2].reduce((sum, j) => sum + at(0, j) * cofactor(0, j), 0);
  return [0, 1, 2].map((j) => [0, 1, 2].map((i) => cofactor(i, j) / determinant));
}
