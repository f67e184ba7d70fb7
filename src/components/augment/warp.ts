import type {Matrix} from "./matrix.js";

/**
 * The homography of fastai's `Warp`: a square seen at a slant.
 *
 * fastai solves eight equations that send the corners (∓1 ∓ y, ∓1 ∓ x) of a trapezium to those of the square; with
 * S = 1 − x² − y² their solution is the symmetric matrix below. It acts on the coordinates that the affine part has
 * made: (x', y') = (first, second) / third component.
 *
 * @param x tilt about the vertical axis, fastai's `x_t`
 * @param y tilt about the horizontal axis, fastai's `y_t`; x² + y² < 1
 */
export function warpHomography(x: number, y: number): Matrix {
  const rest = 1 - x * x - y * y;
  const b = (2 * x * y) / rest;
  const c = (-x * (1 - x * x + y * y)) / rest;
  const f = (-y * (1 + x * x - y * y)) / rest;
  return [1, b, c, b, 1, f, c, f, 1];
}
