import {checkShape, checkWhole} from "./check.js";
import type {BytePicture} from "./types.js";

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
