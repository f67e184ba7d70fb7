import {halfEven} from "./half-even.js";

/** A pixel index along one axis and its weight. */
export type Tap = [index: number, weight: number];

/** Brings a position back into the picture. */
export type Fold = (t: number) => number;

/** The nearest pixel to position `t`, halves to the even one (C's `nearbyint`, which PyTorch uses). */
export function nearestTaps(t: number, fold: Fold): Tap[] {
  return [[halfEven(fold(t)), 1]];
}

/**
 * The four pixels around position `t` with the weights of cubic convolution (A = −0.75, as in PyTorch); each pixel is
 * folded back on its own. Results may lie a little outside 0…1.
 */
export function cubicTaps(t: number, fold: Fold): Tap[] {
  const floor = Math.floor(t);
  return [-1, 0, 1, 2].map((offset): Tap => [fold(floor + offset), cubic(Math.abs(t - floor - offset))]);
}

function cubic(x: number): number {
  const a = -0.75;
  return x <= 1 ? ((a + 2) * x - (a + 3)) * x * x + 1 : ((a * x - 5 * a) * x + 8 * a) * x - 4 * a;
}
