import {unnormalise, fold} from "./fold.js";
import {coordinate} from "./grid.js";
import type {Grid} from "./grid.js";
import {sampleBilinear} from "./sample-bilinear.js";
import {nearestTaps, cubicTaps} from "./taps.js";
import type {Mode, PadMode, Picture} from "./types.js";

/** Options of {@link sample}, under fastai's names and defaults. */
export interface SampleOptions {
  /** fastai `mode`: `bilinear` (default), `nearest` or `bicubic`. */
  mode?: Mode;
  /** fastai `pad_mode`: `reflection` (default), `zeros` or `border`. */
  padMode?: PadMode;
  /** Takes only every `step`-th row and column of the grid: true pixels of the result, fewer of them. Default 1. */
  step?: number;
}

/** Reads a picture at the points of a grid, as PyTorch's `grid_sample` does. */
export function sample(
  picture: Picture,
  grid: Grid,
  {mode = "bilinear", padMode = "reflection", step = 1}: SampleOptions = {}
): Picture {
  const out = blank(grid, step);
  if (mode === "bilinear") sampleBilinear(picture, grid, padMode, step, out);
  else sampleTaps(picture, grid, mode === "nearest" ? nearestTaps : cubicTaps, padMode, step, out);
  return out;
}

function blank({width, height}: Grid, step: number): Picture {
  const size = {width: Math.ceil(width / step), height: Math.ceil(height / step)};
  return {data: new Float32Array(size.width * size.height * 3), ...size};
}

/** The general form: a weighted sum over the taps of each axis, each tap folded back into the picture. */
function sampleTaps(
  {data, width, height}: Picture,
  {matrix, width: toWidth, height: toHeight, alignCorners}: Grid,
  taps: typeof nearestTaps,
  padMode: PadMode,
  step: number,
  out: Picture
): void {
  const axis = (g: number, n: number) =>
    taps(unnormalise(g, n, alignCorners), (t) => fold(t, n, padMode, alignCorners)).filter(
      ([index]) => index >= 0 && index < n
    );
  for (let i = 0, k = 0; i < toHeight; i += step) {
    const y = coordinate(i, toHeight, alignCorners);
    for (let j = 0; j < toWidth; j += step, k += 3) {
      const x = coordinate(j, toWidth, alignCorners);
      const [a, b, c, d, e, f, g, h, w] = matrix;
      const depth = g * x + h * y + w;
      const columns = axis((a * x + b * y + c) / depth, width);
      for (const [row, down] of axis((d * x + e * y + f) / depth, height))
        for (const [column, across] of columns)
          for (let channel = 0; channel < 3; ++channel)
            out.data[k + channel]! += data[(row * width + column) * 3 + channel]! * down * across;
    }
  }
}
