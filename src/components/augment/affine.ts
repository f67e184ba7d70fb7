import {identity, multiply} from "./matrix.js";
import type {Matrix} from "./matrix.js";
import type {Draw} from "./types.js";

/** Mirrors left and right (fastai `Flip`). */
export const flipMatrix: Matrix = [-1, 0, 0, 0, 1, 0, 0, 0, 1];

/** Turns the picture clockwise on screen by `degrees` (fastai `Rotate`; the matrix maps output to input). */
export function rotationMatrix(degrees: number): Matrix {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [cos, sin, 0, -sin, cos, 0, 0, 0, 1];
}

/** Enlarges `zoom` times; `x` and `y` in 0…1 place the window that stays in view (fastai `Zoom`). */
export function zoomMatrix(zoom: number, [x, y]: readonly [number, number] = [0.5, 0.5]): Matrix {
  const scale = 1 / zoom;
  return [scale, 0, (1 - scale) * (2 * x - 1), 0, scale, (1 - scale) * (2 * y - 1), 0, 0, 1];
}

/** The poses of a square as [a, b, c, d] of the matrix [[a, b], [c, d]], in the order of fastai's `Dihedral`. */
const poses = [
  [1, 0, 0, 1],
  [-1, 0, 0, 1],
  [1, 0, 0, -1],
  [0, -1, 1, 0],
  [-1, 0, 0, -1],
  [0, 1, -1, 0],
  [0, 1, 1, 0],
  [0, -1, -1, 0]
] as const;

/** Brings the square into pose 0 (as it is) … 7 (fastai `Dihedral`). */
export function dihedralMatrix(pose: number): Matrix {
  const [a, b, c, d] = poses[pose]!;
  return [a, b, 0, c, d, 0, 0, 0, 1];
}

/**
 * The affine part of a draw, from output to input coordinates: flip · dihedral · rotation · zoom.
 *
 * In normalised coordinates a rotation would shear a picture that is not square, so the off-diagonal terms are scaled
 * with the sides of the input, as fastai's `AffineCoordTfm` does.
 */
export function affineMatrix(draw: Draw, width: number, height: number): Matrix {
  const {flip = false, dihedral = 0, degrees = 0, zoom = 1, zoomCenter} = draw;
  const pose = multiply(flip ? flipMatrix : identity, dihedralMatrix(dihedral));
  const [a, b, c, d, e, f, g, h, i] = multiply(multiply(pose, rotationMatrix(degrees)), zoomMatrix(zoom, zoomCenter));
  return [a, (b * height) / width, c, (d * width) / height, e, f, g, h, i];
}
