import type {Draw} from "./types.js";

/** A 3×3 matrix by rows, acting on column vectors (X, Y, 1); X points right, Y down, the picture spans −1…1. */
export type Matrix = readonly [number, number, number, number, number, number, number, number, number];

/** The matrix product a · b: `b` acts first. */
export function product(a: Matrix, b: Matrix): Matrix {
  const cell = (row: number, column: number) =>
    a[row * 3]! * b[column]! + a[row * 3 + 1]! * b[column + 3]! + a[row * 3 + 2]! * b[column + 6]!;
  return [cell(0, 0), cell(0, 1), cell(0, 2), cell(1, 0), cell(1, 1), cell(1, 2), cell(2, 0), cell(2, 1), cell(2, 2)];
}

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

/** Brings the square into pose 0 (as it is), 1 (mirrored, fastai `Flip`) … 7 (fastai `Dihedral`). */
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
  const pose = product(dihedralMatrix(Number(flip)), dihedralMatrix(dihedral));
  const [a, b, c, d, e, f, g, h, i] = product(product(pose, rotationMatrix(degrees)), zoomMatrix(zoom, zoomCenter));
  return [a, (b * height) / width, c, (d * width) / height, e, f, g, h, i];
}

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

/** Where every output pixel is read from: one projective map and the output it is asked for. */
export interface Grid {
  /** From output to input coordinates, both −1…1. */
  readonly matrix: Matrix;
  readonly width: number;
  readonly height: number;
  /** Whether ±1 are the centres of the border pixels (true) or their outer edges. */
  readonly alignCorners: boolean;
}

/** The coordinate −1…1 of pixel `i` of `n`; a single pixel sits at 0, as in PyTorch's `affine_grid`. */
export function coordinate(i: number, n: number, alignCorners: boolean): number {
  if (!alignCorners) return (2 * i + 1) / n - 1;
  return n > 1 ? (2 * i) / (n - 1) - 1 : 0;
}

/** The point (x', y') of the input that is seen at (x, y) of the output, and the depth it was divided by. */
export function project(matrix: Matrix, x: number, y: number): [x: number, y: number, depth: number] {
  const depth = matrix[6] * x + matrix[7] * y + matrix[8];
  return [
    (matrix[0] * x + matrix[1] * y + matrix[2]) / depth,
    (matrix[3] * x + matrix[4] * y + matrix[5]) / depth,
    depth
  ];
}

/**
 * The grid of a draw on a picture of `width` × `height`: the affine part first, then the warp.
 *
 * fastai leaves out the warp where its depth is exactly 0 at some pixel; so does this.
 */
export function drawGrid(
  draw: Draw,
  {width, height}: {width: number; height: number},
  output: Omit<Grid, "matrix">
): Grid {
  const affine = affineMatrix(draw, width, height);
  const {warpX = 0, warpY = 0} = draw;
  if (warpX === 0 && warpY === 0) return {...output, matrix: affine};
  const grid = {...output, matrix: product(warpHomography(warpX, warpY), affine)};
  return extremes(grid).some(([, , depth]) => depth === 0) ? {...output, matrix: affine} : grid;
}

/** The smallest and largest coordinate of a grid, x and y pooled. */
export function gridRange(grid: Grid): [min: number, max: number] {
  let [min, max] = [Infinity, -Infinity];
  for (const [x, y] of extremes(grid)) {
    min = Math.min(min, x, y);
    max = Math.max(max, x, y);
  }
  return [min, max];
}

/** The points among which a grid takes its extremes: its corners, or all of them where the horizon is in view. */
function extremes({matrix, width, height, alignCorners}: Grid): [x: number, y: number, depth: number][] {
  const points = (columns: number[], rows: number[]) =>
    rows.flatMap((i) =>
      columns.map((j) => project(matrix, coordinate(j, width, alignCorners), coordinate(i, height, alignCorners)))
    );
  const corners = points([0, width - 1], [0, height - 1]);
  return corners.every(([, , depth]) => depth > 0) ? corners : points(indices(width), indices(height));
}

const indices = (n: number) => Array.from({length: n}, (_, i) => i);
