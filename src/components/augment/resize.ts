import {checkChoice, checkNumber, checkShape, checkWhole} from "./check.js";
import {gridRange} from "./geometry.js";
import type {Grid} from "./geometry.js";
import {areaResize, halfEven, sample} from "./sampling.js";
import type {SampleOptions} from "./sampling.js";
import type {BytePicture, Crop, PadMode, Picture} from "./types.js";

/** What fastai does before it samples: the size to which the picture is first shrunk by area, or null. */
export function hiddenAreaStep({width, height}: {width: number; height: number}, grid: Grid): [number, number] | null {
  const reduction = Math.min(height / grid.height, width / grid.width) / 2;
  const [min, max] = gridRange(grid);
  if (!(reduction > 1 && reduction > 2 / (max - min))) return null;
  return [Math.floor(width * (1 / reduction)), Math.floor(height * (1 / reduction))];
}

/**
 * A function that samples one picture at any grid, as fastai's `_grid_sample`.
 *
 * Where the output is less than half the input and the grid spans the picture, fastai (bilinear only) first shrinks the
 * picture by area averaging and then samples with the same grid: 460 → 448 → 224. It takes the span over the whole
 * batch; here it is the span of this one grid. The shrunken picture is kept for the next call.
 */
export function resampler(picture: Picture): (grid: Grid, options?: SampleOptions) => Picture {
  let shrunk: Picture | undefined;
  return (grid, options = {}) => {
    const size = (options.mode ?? "bilinear") === "bilinear" ? hiddenAreaStep(picture, grid) : null;
    if (!size) return sample(picture, grid, options);
    if (shrunk?.width !== size[0] || shrunk.height !== size[1]) shrunk = areaResize(picture, ...size);
    return sample(shrunk, grid, options);
  };
}

/** Cuts a window out of a picture. */
export function cut({data, width, height}: Picture, crop: Crop): Picture {
  checkWhole("crop.width", crop.width, 1, width);
  checkWhole("crop.height", crop.height, 1, height);
  checkWhole("crop.left", crop.left, 0, width - crop.width);
  checkWhole("crop.top", crop.top, 0, height - crop.height);
  const out = new Float32Array(crop.width * crop.height * 3);
  for (let y = 0; y < crop.height; ++y) {
    const start = ((y + crop.top) * width + crop.left) * 3;
    out.set(data.subarray(start, start + crop.width * 3), y * crop.width * 3);
  }
  return {data: out, width: crop.width, height: crop.height};
}

/** The window of `RandomResizedCropGPU` outside training: all of a square picture. */
export function fullCrop({width, height}: {width: number; height: number}): Crop {
  const side = Math.min(width, height);
  return {top: (height - side) >> 1, left: (width - side) >> 1, width: side, height: side};
}

/**
 * Draws the square window of fastai's `RandomResizedCropGPU(size, min_scale, ratio=(1, 1))`.
 *
 * Its area is uniform in [minScale, 1] of the picture and its place uniform among those that fit; after ten windows that
 * do not fit (which happens only where the picture is not square) it is the centre. fastai draws one window for a batch.
 * Always takes three numbers from `random` a try.
 */
export function drawCrop(random: () => number, size: {width: number; height: number}, minScale: number): Crop {
  const {width, height} = size;
  checkWhole("width", width, 1);
  checkWhole("height", height, 1);
  checkNumber("minScale", minScale, 0, 1);
  for (let attempt = 0; attempt < 10; ++attempt) {
    const area = (minScale + (1 - minScale) * random()) * width * height;
    const [down, across] = [random(), random()];
    const side = Math.max(1, halfEven(Math.sqrt(area)));
    if (side <= width && side <= height) {
      const top = Math.floor(down * (height - side + 1));
      const left = Math.floor(across * (width - side + 1));
      return {top, left, width: side, height: side};
    }
  }
  return fullCrop(size);
}

/** Pillow keeps weights as integers with this many fractional bits. */
const bits = 22;

/** The weights of one output pixel: integers on `from`, `from + 1`, … */
interface Weights {
  from: number;
  values: Int32Array;
}

/**
 * Resizes a picture of bytes exactly as Pillow's `resize(size, BILINEAR)` does.
 *
 * A triangle filter with half-pixel centres, widened where the picture shrinks, so that it averages rather than skips;
 * columns first, then rows, with bytes in between and weights in 22-bit fixed point.
 *
 * Source: Pillow, `src/libImaging/Resample.c`.
 */
export function pilResize(picture: BytePicture, width: number, height: number): BytePicture {
  checkShape(picture);
  checkWhole("width", width, 1);
  checkWhole("height", height, 1);
  const narrow = picture.width === width ? picture : resizeColumns(picture, width);
  return narrow.height === height ? narrow : resizeRows(narrow, height);
}

function resizeColumns({data, width, height}: BytePicture, to: number): BytePicture {
  const out = new Uint8ClampedArray(to * height * 3);
  const weights = triangleWeights(width, to);
  for (let y = 0, k = 0; y < height; ++y)
    for (const {from, values} of weights)
      for (let channel = 0; channel < 3; ++channel) {
        let sum = 1 << (bits - 1);
        for (let i = 0, p = (y * width + from) * 3 + channel; i < values.length; ++i, p += 3)
          sum += data[p]! * values[i]!;
        out[k++] = sum >> bits;
      }
  return {data: out, width: to, height};
}

function resizeRows({data, width, height}: BytePicture, to: number): BytePicture {
  const stride = width * 3;
  const out = new Uint8ClampedArray(to * stride);
  triangleWeights(height, to).forEach(({from, values}, y) => {
    for (let x = 0; x < stride; ++x) {
      let sum = 1 << (bits - 1);
      for (let i = 0, p = from * stride + x; i < values.length; ++i, p += stride) sum += data[p]! * values[i]!;
      out[y * stride + x] = sum >> bits;
    }
  });
  return {data: out, width, height: to};
}

function triangleWeights(n: number, m: number): Weights[] {
  const scale = n / m;
  const support = Math.max(scale, 1);
  return Array.from({length: m}, (_, i) => {
    const centre = (i + 0.5) * scale;
    const from = Math.max(Math.trunc(centre - support + 0.5), 0);
    const to = Math.min(Math.trunc(centre + support + 0.5), n);
    const raw = Array.from({length: to - from}, (_, k) =>
      Math.max(0, 1 - Math.abs((k + from - centre + 0.5) * (1 / support)))
    );
    const sum = raw.reduce((a, b) => a + b, 0);
    return {from, values: Int32Array.from(raw, (weight) => Math.trunc(0.5 + (weight / sum) * 2 ** bits))};
  });
}

/** Options of {@link itemResize}: fastai's `Resize(size, method, pad_mode)`. */
export interface ItemResizeOptions {
  /** Side of the square result. Default 460. */
  size?: number;
  /** `crop` (default) keeps the largest square, `squish` ignores the proportions, `pad` keeps everything. */
  method?: "crop" | "squish" | "pad";
  /** What `pad` fills in. Default `reflection`. */
  padMode?: PadMode;
  /** Where the window lies in the free space, 0…1: drawn in training, the centre (default) in validation. */
  place?: readonly [x: number, y: number];
}

/**
 * The window of fastai's `Resize` on a picture of `width` × `height`, which may reach beyond it; its arithmetic in doubles loses a pixel for some
 * sides (63, 117, …), which is kept.
 */
export function itemWindow(
  {width, height}: {width: number; height: number},
  {size = 460, method = "crop", place = [0.5, 0.5]}: ItemResizeOptions = {}
): Crop {
  if (method === "squish") return {left: 0, top: 0, width, height};
  const [across, down] = [width / size, height / size];
  const scale = method === "pad" ? Math.max(across, down) : Math.min(across, down);
  const side = Math.max(1, Math.trunc(scale * size));
  const left = Math.trunc(place[0] * (width - side));
  const top = Math.trunc(place[1] * (height - side));
  return {left, top, width: side, height: side};
}

/** fastai's item transform `Resize(460)`: crop, squish or pad to a square of bytes with Pillow's bilinear filter. */
export function itemResize(picture: BytePicture, options: ItemResizeOptions = {}): BytePicture {
  const {size = 460, method = "crop", padMode = "reflection", place = [0.5, 0.5]} = options;
  checkShape(picture);
  checkWhole("size", size, 1);
  checkChoice("method", method, ["crop", "squish", "pad"]);
  checkChoice("padMode", padMode, ["reflection", "zeros", "border"]);
  checkNumber("place[0]", place[0], 0, 1);
  checkNumber("place[1]", place[1], 0, 1);
  return pilResize(cutBytes(picture, itemWindow(picture, options), padMode), size, size);
}

/** Cuts a window that may reach beyond the picture; reflection repeats as NumPy's `pad(mode="reflect")`. */
function cutBytes({data, width, height}: BytePicture, window: Crop, padMode: PadMode): BytePicture {
  const out = new Uint8ClampedArray(window.width * window.height * 3);
  for (let y = 0, k = 0; y < window.height; ++y) {
    const row = wholeFold(y + window.top, height, padMode);
    for (let x = 0; x < window.width; ++x, k += 3) {
      const column = wholeFold(x + window.left, width, padMode);
      if (row < 0 || column < 0) continue;
      const p = (row * width + column) * 3;
      for (let channel = 0; channel < 3; ++channel) out[k + channel] = data[p + channel]!;
    }
  }
  return {data: out, width: window.width, height: window.height};
}

/** Index `i` brought into 0…n−1, or −1 where there is nothing to see. */
function wholeFold(i: number, n: number, padMode: PadMode): number {
  if (i >= 0 && i < n) return i;
  if (padMode === "zeros") return -1;
  if (padMode === "border") return i < 0 ? 0 : n - 1;
  if (n === 1) return 0;
  const period = 2 * (n - 1);
  const rest = ((i % period) + period) % period;
  return rest < n ? rest : period - rest;
}
