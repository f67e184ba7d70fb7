import {coordinate} from "./geometry.js";
import type {Grid} from "./geometry.js";
import type {Mode, PadMode, Picture} from "./types.js";

/** Rounds to the nearest whole number, halves to the even one, as Python's `round` and C's `nearbyint` do. */
export function halfEven(x: number): number {
  const floor = Math.floor(x);
  return x - floor === 0.5 ? floor + (Math.abs(floor) % 2) : Math.round(x);
}

/** The pixel position (0 = centre of the first pixel) of coordinate `g` in −1…1 along a side of `n` pixels. */
export function unnormalise(g: number, n: number, alignCorners: boolean): number {
  return alignCorners ? ((g + 1) / 2) * (n - 1) : ((g + 1) * n - 1) / 2;
}

/**
 * Brings pixel position `t` into 0…n−1 as PyTorch's `grid_sample` does.
 *
 * Reflection mirrors at the centres of the border pixels (`alignCorners`, the border pixel is not repeated) or at their
 * outer edges; `border` clamps; `zeros` leaves `t` where it is.
 */
export function fold(t: number, n: number, padMode: PadMode, alignCorners: boolean): number {
  if (padMode === "zeros") return t;
  if (padMode === "reflection") t = reflect(t, n, alignCorners);
  return t < 0 ? 0 : t > n - 1 ? n - 1 : t;
}

function reflect(t: number, n: number, alignCorners: boolean): number {
  const low = alignCorners ? 0 : -0.5;
  const span = alignCorners ? n - 1 : n;
  if (t >= low && t <= low + span) return t;
  if (span === 0) return 0;
  const distance = Math.abs(t - low);
  const turns = Math.floor(distance / span);
  const rest = distance - turns * span;
  return low + (turns % 2 === 0 ? rest : span - rest);
}

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

/**
 * Shrinks a picture by area: PyTorch's adaptive average pooling, `interpolate(mode="area")`.
 *
 * Output i is the mean of the window [⌊i·n/m⌋, ⌈(i+1)·n/m⌉) of a side of n pixels shrunk to m. Windows may overlap by a
 * pixel, so 460 → 448 is a slight blur rather than a change of size.
 */
export function areaResize(picture: Picture, toWidth: number, toHeight: number): Picture {
  return shrinkRows(shrinkColumns(picture, toWidth), toHeight);
}

function shrinkColumns({data, width, height}: Picture, to: number): Picture {
  const out = new Float32Array(to * height * 3);
  const columns = windows(width, to);
  for (let y = 0, k = 0; y < height; ++y)
    for (let j = 0; j < to; ++j, k += 3) {
      const from = columns[2 * j]!;
      const end = columns[2 * j + 1]!;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let p = (y * width + from) * 3; p < (y * width + end) * 3; p += 3) {
        red += data[p]!;
        green += data[p + 1]!;
        blue += data[p + 2]!;
      }
      const share = 1 / (end - from);
      out[k] = red * share;
      out[k + 1] = green * share;
      out[k + 2] = blue * share;
    }
  return {data: out, width: to, height};
}

function shrinkRows({data, width, height}: Picture, to: number): Picture {
  const stride = width * 3;
  const out = new Float32Array(to * stride);
  const rows = windows(height, to);
  for (let i = 0; i < to; ++i) {
    const start = rows[2 * i]! * stride;
    const end = rows[2 * i + 1]! * stride;
    const share = stride / (end - start);
    for (let k = 0; k < stride; ++k) {
      let sum = 0;
      for (let p = start + k; p < end; p += stride) sum += data[p]!;
      out[i * stride + k] = sum * share;
    }
  }
  return {data: out, width, height: to};
}

/** Start and end (exclusive) of every window of a side of `n` pixels shrunk to `m`, one after the other. */
export function windows(n: number, m: number): Int32Array {
  return Int32Array.from({length: 2 * m}, (_, k) =>
    k % 2 === 0 ? Math.floor(((k / 2) * n) / m) : Math.ceil((((k + 1) / 2) * n) / m)
  );
}

/** Bilinear reading of a grid into `out`, every `step`-th row and column: the hot loop of the augmentation. */
export function sampleBilinear(
  {data, width, height}: Picture,
  {matrix, width: toWidth, height: toHeight, alignCorners}: Grid,
  padMode: PadMode,
  step: number,
  {data: out}: Picture
): void {
  const [a, b, c, d, e, f, g, h, w] = matrix;
  // Pixel position = scale · coordinate + offset.
  const [scaleX, scaleY] = alignCorners ? [(width - 1) / 2, (height - 1) / 2] : [width / 2, height / 2];
  const [offsetX, offsetY] = [(width - 1) / 2, (height - 1) / 2];
  const [right, bottom] = [width - 1, height - 1];
  const stride = width * 3;
  for (let i = 0, k = 0; i < toHeight; i += step) {
    const y = coordinate(i, toHeight, alignCorners);
    for (let j = 0; j < toWidth; j += step, k += 3) {
      const x = coordinate(j, toWidth, alignCorners);
      const depth = g * x + h * y + w;
      let u = ((a * x + b * y + c) / depth) * scaleX + offsetX;
      let v = ((d * x + e * y + f) / depth) * scaleY + offsetY;
      if (!(u >= 0 && u <= right)) u = fold(u, width, padMode, alignCorners);
      if (!(v >= 0 && v <= bottom)) v = fold(v, height, padMode, alignCorners);
      const column = Math.floor(u);
      const row = Math.floor(v);
      const east = u - column;
      const south = v - row;
      const p = row * stride + column * 3;
      if (column >= 0 && column < right && row >= 0 && row < bottom) {
        const se = east * south;
        const sw = south - se;
        const ne = east - se;
        const nw = 1 - east - sw;
        const q = p + stride;
        out[k] = data[p]! * nw + data[p + 3]! * ne + data[q]! * sw + data[q + 3]! * se;
        out[k + 1] = data[p + 1]! * nw + data[p + 4]! * ne + data[q + 1]! * sw + data[q + 4]! * se;
        out[k + 2] = data[p + 2]! * nw + data[p + 5]! * ne + data[q + 2]! * sw + data[q + 5]! * se;
        continue;
      }
      // On the rim a tap may lie outside: it counts nothing (padMode zeros), or has the weight 0 anyway.
      for (let down = 0; down <= 1; ++down) {
        if (row + down < 0 || row + down > bottom) continue;
        for (let across = 0; across <= 1; ++across) {
          if (column + across < 0 || column + across > right) continue;
          const weight = (down ? south : 1 - south) * (across ? east : 1 - east);
          const q = p + down * stride + across * 3;
          for (let channel = 0; channel < 3; ++channel) out[k + channel]! += data[q + channel]! * weight;
        }
      }
    }
  }
}

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
