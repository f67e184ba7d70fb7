import {fold} from "./fold.js";
import {coordinate} from "./grid.js";
import type {Grid} from "./grid.js";
import type {PadMode, Picture} from "./types.js";

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
