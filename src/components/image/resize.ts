/** An 8-bit RGB picture: `data` holds `width × height × 3` values from 0 to 255, row by row, no padding. */
export interface RgbPicture {
  data: Uint8Array | Uint8ClampedArray;
  width: number;
  height: number;
  channels: 3;
}

export interface ResizedPicture extends RgbPicture {
  data: Uint8Array;
}

const ONE = 2048;

/**
 * Resizes an 8-bit RGB picture exactly as `cv2.resize(picture, (width, height))` does, on every bit.
 *
 * With half-pixel centres, target column x lies at `u = (x + ½) · sourceWidth / width − ½` in the source and mixes the
 * columns ⌊u⌋ and ⌊u⌋ + 1 with the weights `1 − (u − ⌊u⌋)` and `u − ⌊u⌋`, rounded half to even to multiples of 1/2048;
 * rows likewise. There is no anti-aliasing and the aspect ratio is not kept. OpenCV's integer arithmetic is
 *
 *     s = left · a₀ + right · a₁                                      (each of the two rows)
 *     value = (((s₀ >> 4) · b₀ >> 16) + ((s₁ >> 4) · b₁ >> 16) + 2) >> 2
 *
 * Two cases differ: equal sizes are copied, and halving both sides exactly averages 2×2 blocks, `(a + b + c + d + 2) >> 2`.
 *
 * Source: OpenCV 4, modules/imgproc/src/resize.cpp, `INTER_LINEAR` on `uchar`.
 *
 * @throws RangeError if a size is not a positive integer, or `data` is not `width × height × 3` long.
 */
export function resizeBilinearFixedPoint(picture: RgbPicture, width: number, height: number): ResizedPicture {
  requireSize("source", picture.width, picture.height);
  requireSize("target", width, height);
  const expected = picture.width * picture.height * 3;
  if (picture.data.length !== expected) {
    throw new RangeError(
      `A ${picture.width}×${picture.height} RGB picture has ${expected} values, but its data hold ${picture.data.length}.`
    );
  }
  return {data: resample(picture, width, height), width, height, channels: 3};
}

function resample(source: RgbPicture, width: number, height: number): Uint8Array {
  if (source.width === width && source.height === height) return new Uint8Array(source.data);
  if (source.width === 2 * width && source.height === 2 * height) return halve(source, width, height);
  return interpolate(source, width, height);
}

function requireSize(role: string, width: number, height: number): void {
  if (Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0) return;
  throw new RangeError(`The ${role} size must be two whole numbers above zero, but is ${width}×${height}.`);
}

function halve({data, width: sourceWidth}: RgbPicture, width: number, height: number): Uint8Array {
  const target = new Uint8Array(width * height * 3);
  const stride = sourceWidth * 3;
  for (let y = 0, t = 0; y < height; ++y) {
    for (let x = 0; x < width; ++x) {
      for (let c = 0; c < 3; ++c, ++t) {
        const s = 2 * y * stride + 6 * x + c;
        target[t] = (data[s]! + data[s + 3]! + data[s + stride]! + data[s + stride + 3]! + 2) >> 2;
      }
    }
  }
  return target;
}

function interpolate(source: RgbPicture, width: number, height: number): Uint8Array {
  const target = new Uint8Array(width * height * 3);
  const stride = source.width * 3;
  const columns = taps(source.width, width);
  // OpenCV clamps a column outside the picture together with its weights, but a row without them.
  for (const tap of columns) {
    if (tap.first < 0) Object.assign(tap, {first: 0, weights: [ONE, 0]});
    else if (tap.first >= source.width - 1) Object.assign(tap, {first: source.width - 1, weights: [ONE, 0]});
  }
  const lastRow = source.height - 1;
  let t = 0;
  for (const {
    first: y,
    weights: [b0, b1]
  } of taps(source.height, height)) {
    const upper = Math.max(y, 0) * stride;
    const lower = Math.min(y + 1, lastRow) * stride;
    for (const {
      first: x,
      weights: [a0, a1]
    } of columns) {
      const right = x < source.width - 1 ? 3 : 0;
      for (let c = 0; c < 3; ++c, ++t) {
        const i = 3 * x + c;
        const s0 = source.data[upper + i]! * a0 + source.data[upper + i + right]! * a1;
        const s1 = source.data[lower + i]! * a0 + source.data[lower + i + right]! * a1;
        target[t] = ((((s0 >> 4) * b0) >> 16) + (((s1 >> 4) * b1) >> 16) + 2) >> 2;
      }
    }
  }
  return target;
}

interface Tap {
  first: number;
  weights: [number, number];
}

/** The first of the two source positions each target position mixes (it may lie outside), and both weights in 1/2048. */
function taps(sourceSize: number, size: number): Tap[] {
  const scale = 1 / (size / sourceSize);
  return Array.from({length: size}, (_, i) => {
    const centre = Math.fround((i + 0.5) * scale - 0.5);
    const first = Math.floor(centre);
    const fraction = Math.fround(centre - first);
    return {first, weights: [fixed(Math.fround(1 - fraction)), fixed(fraction)]};
  });
}

/** A weight in 1/2048, rounded half to even as `cvRound` does. */
function fixed(weight: number): number {
  const scaled = weight * ONE;
  const floor = Math.floor(scaled);
  const rest = scaled - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
