import type {Picture} from "./types.js";

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
