import type {RgbPicture} from "../image/resize.js";

/** How much light a picture's content takes, a value a pixel, row by row. */
export interface Density {
  data: Float32Array;
  width: number;
  height: number;
}

/** Optical density of each value of a channel: −ln of the share of light, (value + 1) / 256. */
const DENSITY = Float32Array.from({length: 256}, (_, value) => -Math.log((value + 1) / 256));
/** Share of a picture's pixels that are taken for ground at first: the brightest. */
const BRIGHTEST = 0.05;
/** The density that counts as wholly foreground while the ground is looked for: this quantile's. */
const DENSE = 0.7;
/** Least share of the pixels that must be ground for its shading to be told. */
const LEAST_GROUND = 0.03;
const BINS = 64;

/** What a picture's ground lets through in each channel: density a + b·x + c·y, x and y as shares of width and height. */
export type Ground = readonly (readonly [level: number, across: number, down: number])[];

/**
 * Otsu's threshold (1979) of values from 0 to 1, on 64 bins: the one whose two sides lie furthest apart for their spread.
 */
export function otsu(values: Float32Array): number {
  const counts = new Float64Array(BINS);
  for (const value of values) counts[Math.min(BINS - 1, Math.floor(value * BINS))]!++;
  const sum = counts.reduce((all, count, bin) => all + count * bin, 0);
  let [best, threshold, below, sumBelow] = [0, 0.5, 0, 0];
  counts.forEach((count, bin) => {
    below += count;
    sumBelow += count * bin;
    const above = values.length - below;
    if (below === 0 || above === 0) return;
    const between = (sumBelow / below - (sum - sumBelow) / above) ** 2 * below * above;
    if (between > best) [best, threshold] = [between, (bin + 1) / BINS];
  });
  return threshold;
}

/** @returns the value below which a share, 0 to 1, of the values lie */
export function quantile(values: Float32Array, share: number): number {
  return values.slice().sort()[Math.min(values.length - 1, Math.floor(share * values.length))] ?? NaN;
}

/**
 * What stands out from a ground: only what is darker, as a stained cell in the light of a lamp, or whatever differs from
 * it, as a cell laid on a ground that is no brighter.
 */
export type Standing = "darker" | "different";

/**
 * The ground of a picture: a plane of density in each channel, so that shading by the lamp is told from content. It is
 * looked for among the brightest pixels where what lies on it is darker, else among those at the rim.
 */
export function groundOf(picture: RgbPicture, standing: Standing): Ground {
  const {width, height} = picture;
  const size = width * height;
  const channels = channelsOf(picture);
  const level = (values: Float32Array) =>
    standing === "darker" ? quantile(values, BRIGHTEST) : quantile(atRim(values, picture), 0.5);
  let ground: Ground = channels.map((values) => [level(values), 0, 0]);
  for (let round = 0; round < 2; round++) {
    const density = densityOver(ground, picture, standing).data;
    const top = Math.max(0.05, quantile(density, DENSE));
    const threshold = otsu(density.map((value) => Math.min(1, value / top))) * top;
    const bare: number[] = [];
    density.forEach((value, pixel) => {
      if (value < 0.7 * threshold) bare.push(pixel);
    });
    if (bare.length < LEAST_GROUND * size) break;
    ground = channels.map((values) => planeThrough(values, bare, width, height));
  }
  return ground;
}

/** The largest standard deviation of a channel's density among a picture's outermost pixels. */
export function rimUnevenness(picture: RgbPicture): number {
  const deviations = channelsOf(picture).map((values) => {
    const rim = atRim(values, picture);
    const mean = rim.reduce((sum, value) => sum + value, 0) / rim.length;
    return Math.sqrt(rim.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rim.length);
  });
  return Math.max(...deviations);
}

/** The densities of each channel, a value a pixel. */
function channelsOf({data, width, height}: RgbPicture): Float32Array[] {
  const channel = (n: number) => Float32Array.from({length: width * height}, (_, at) => DENSITY[data[at * 3 + n]!]!);
  return [channel(0), channel(1), channel(2)];
}

/** The values of a picture's outermost pixels. */
function atRim(values: Float32Array, {width, height}: Pick<RgbPicture, "width" | "height">): Float32Array {
  const last = width * (height - 1);
  return values.filter((_, at) => at < width || at >= last || at % width === 0 || at % width === width - 1);
}

/** What stands out of the ground's densities, all channels' in one as the root of the sum of their squares. */
export function densityOver(ground: Ground, {data, width, height}: RgbPicture, standing: Standing): Density {
  const density = new Float32Array(width * height);
  const across = ground.map(([, slope]) => Float64Array.from({length: width}, (_, x) => (slope * x) / width));
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      let sum = 0;
      for (let n = 0; n < 3; n++) {
        const [level, , down] = ground[n]!;
        const over = DENSITY[data[pixel * 3 + n]!]! - level - across[n]![x]! - (down * y) / height;
        if (over > 0 || standing === "different") sum += over * over;
      }
      density[pixel] = Math.sqrt(sum);
    }
  }
  return {data: density, width, height};
}

/** The plane through values at some pixels by least squares, a little drawn to a level one where they lie on one side. */
function planeThrough(values: Float32Array, pixels: number[], width: number, height: number) {
  const count = pixels.length;
  let [x, y, v] = [0, 0, 0];
  for (const pixel of pixels) {
    x += (pixel % width) / width;
    y += Math.floor(pixel / width) / height;
    v += values[pixel]!;
  }
  [x, y, v] = [x / count, y / count, v / count];
  let [xx, yy, xy, xv, yv] = [0, 0, 0, 0, 0];
  for (const pixel of pixels) {
    const dx = (pixel % width) / width - x;
    const dy = Math.floor(pixel / width) / height - y;
    const dv = values[pixel]! - v;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
    xv += dx * dv;
    yv += dy * dv;
  }
  [xx, yy] = [xx / count + 0.02, yy / count + 0.02];
  [xy, xv, yv] = [xy / count, xv / count, yv / count];
  const across = (xv * yy - yv * xy) / (xx * yy - xy * xy);
  const down = (yv * xx - xv * xy) / (xx * yy - xy * xy);
  return [v - across * x - down * y, across, down] as const;
}
