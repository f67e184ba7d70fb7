import type {RgbPicture} from "../image/resize.js";

/** Both sides of what the network gets are multiples of this many pixels. */
const STEP = 16;
/** The quantiles of a channel that become 0 and 1, and how far they are apart at least, in values of 0 to 255. */
const [LOW, HIGH, LEAST_SPAN] = [0.01, 0.98, 24];

/** What the network gets: `height` × `width` × 3 floats, row by row, of which the picture fills a part from the left top. */
export interface NetworkPicture {
  data: Float32Array;
  width: number;
  height: number;
}

/**
 * A smaller picture in which each pixel is the mean of the area that it stands for, or a larger one in which pixels are
 * repeated.
 */
export function resizeByArea({data, width, height}: RgbPicture, newWidth: number, newHeight: number): RgbPicture {
  const across = sharesOf(width, newWidth);
  const rows = new Float32Array(newWidth * height * 3);
  for (let y = 0; y < height; y++) {
    across.forEach(({first, weights}, x) => {
      let [red, green, blue] = [0, 0, 0];
      for (let n = 0, from = (y * width + first) * 3; n < weights.length; n++, from += 3) {
        const weight = weights[n]!;
        red += data[from]! * weight;
        green += data[from + 1]! * weight;
        blue += data[from + 2]! * weight;
      }
      const to = (y * newWidth + x) * 3;
      rows[to] = red;
      rows[to + 1] = green;
      rows[to + 2] = blue;
    });
  }
  const out = new Uint8ClampedArray(newWidth * newHeight * 3);
  const stride = newWidth * 3;
  sharesOf(height, newHeight).forEach(({first, weights}, y) => {
    for (let place = 0; place < stride; place++) {
      let sum = 0;
      for (let n = 0; n < weights.length; n++) sum += rows[(first + n) * stride + place]! * weights[n]!;
      out[y * stride + place] = sum;
    }
  });
  return {data: out, width: newWidth, height: newHeight, channels: 3};
}

/** For each new pixel the old ones that it covers, and each one's share. */
function sharesOf(length: number, newLength: number): {first: number; weights: Float32Array}[] {
  const step = length / newLength;
  return Array.from({length: newLength}, (_, n) => {
    const [from, to] = [n * step, (n + 1) * step];
    const first = Math.min(length - 1, Math.floor(from + 1e-9));
    const last = Math.min(length, Math.max(first + 1, Math.ceil(to - 1e-9)));
    const weights = new Float32Array(last - first);
    for (let at = first; at < last; at++) weights[at - first] = (Math.min(to, at + 1) - Math.max(from, at)) / step;
    return {first, weights};
  });
}

/** The two values of each channel, 0 to 255, that become 0 and 1. */
export type Contrast = readonly (readonly [low: number, high: number])[];

/** What stretches a picture's contrast: each channel's 1 % and 98 % quantiles. */
export function contrastOf({data}: RgbPicture): Contrast {
  return [0, 1, 2].map((channel) => {
    const counts = new Float64Array(256);
    for (let place = channel; place < data.length; place += 3) counts[data[place]!]!++;
    const valueAt = (share: number) => {
      let sum = 0;
      for (let value = 0; value < 256; value++) {
        sum += counts[value]!;
        if (sum / (data.length / 3) >= share) return value;
      }
      return 255;
    };
    return [valueAt(LOW), valueAt(HIGH)] as const;
  });
}

/** Brings a picture to what the network gets; beyond its edges all is 0, as the network's own padding is. */
export function toNetworkPicture({data, width, height}: RgbPicture, contrast: Contrast): NetworkPicture {
  const [fullWidth, fullHeight] = [Math.ceil(width / STEP) * STEP, Math.ceil(height / STEP) * STEP];
  const tables = contrast.map(([low, high]) =>
    Float32Array.from({length: 256}, (_, value) =>
      Math.max(-0.5, Math.min(1.5, 1 + (value - high) / Math.max(high - low, LEAST_SPAN)))
    )
  );
  const out = new Float32Array(fullWidth * fullHeight * 3);
  for (let y = 0; y < height; y++) {
    for (let place = 0, to = y * fullWidth * 3, from = y * width * 3; place < width * 3; place++, to++, from++) {
      out[to] = tables[place % 3]![data[from]!]!;
    }
  }
  return {data: out, width: fullWidth, height: fullHeight};
}
