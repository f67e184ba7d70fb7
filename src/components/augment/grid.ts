import {affineMatrix} from "./affine.js";
import {multiply} from "./matrix.js";
import type {Matrix} from "./matrix.js";
import type {Draw} from "./types.js";
import {warpHomography} from "./warp.js";

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
  const grid = {...output, matrix: multiply(warpHomography(warpX, warpY), affine)};
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
