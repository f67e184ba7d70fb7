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
  const down = sharesOf(height, newHeight);
  const stride = newWidth * 3;
  const out = new Uint8ClampedArray(newHeight * stride);
  // A row of the picture is brought to the new width when it is needed: of a large picture no second one is held.
  const row = new Float32Array(stride);
  let rowAt = -1;
  const sums = new Float64Array(stride);
  for (let y = 0; y < newHeight; y++) {
    sums.fill(0);
    for (let n = down.starts[y]!, at = down.firsts[y]!; n < down.starts[y + 1]!; n++, at++) {
      if (at !== rowAt) narrowRow(data.subarray(at * width * 3, (at + 1) * width * 3), across, row);
      rowAt = at;
      const weight = down.weights[n]!;
      for (let place = 0; place < stride; place++) sums[place]! += row[place]! * weight;
    }
    out.set(sums, y * stride);
  }
  return {data: out, width: newWidth, height: newHeight, channels: 3};
}

/** For each new pixel the first of the old ones that it covers, and where its shares of them start among all weights. */
interface Shares {
  firsts: Int32Array;
  starts: Int32Array;
  weights: Float32Array;
}

function narrowRow(old: Uint8Array | Uint8ClampedArray, {firsts, starts, weights}: Shares, row: Float32Array): void {
  for (let x = 0, to = 0; x < firsts.length; x++, to += 3) {
    let [red, green, blue] = [0, 0, 0];
    for (let n = starts[x]!, from = firsts[x]! * 3; n < starts[x + 1]!; n++, from += 3) {
      const weight = weights[n]!;
      red += old[from]! * weight;
      green += old[from + 1]! * weight;
      blue += old[from + 2]! * weight;
    }
    row[to] = red;
    row[to + 1] = green;
    row[to + 2] = blue;
  }
}

function sharesOf(length: number, newLength: number): Shares {
  const step = length / newLength;
  const firsts = new Int32Array(newLength);
  const starts = new Int32Array(newLength + 1);
  const weights: number[] = [];
  for (let n = 0; n < newLength; n++) {
    const [from, to] = [n * step, (n + 1) * step];
    const first = Math.min(length - 1, Math.floor(from + 1e-9));
    const last = Math.min(length, Math.max(first + 1, Math.ceil(to - 1e-9)));
    firsts[n] = first;
    for (let at = first; at < last; at++) weights.push((Math.min(to, at + 1) - Math.max(from, at)) / step);
    starts[n + 1] = weights.length;
  }
  return {firsts, starts, weights: Float32Array.from(weights)};
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
