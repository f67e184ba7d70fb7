import {area, dilate, erode, fillHoles, maskOf, parts} from "../image/mask.js";
import type {Mask} from "../image/mask.js";
import {resizeBilinearFixedPoint} from "../image/resize.js";
import type {RgbPicture} from "../image/resize.js";

/** Longest side, in pixels, of the picture that a cell is looked for in: four times what the largest cells have. */
const WORKING_SIDE = 512;
/** Largest distance in RGB from the ground's colour that still is ground, where the rim of the picture is judged. */
const GROUND_SPREAD = 36;
/** Smallest share of the picture's rim that must be ground. */
const GROUND_SHARE = 0.8;
/** Mean of the ground's channels from which it counts as bright: a cell's own middle is darker. */
const BRIGHT = 185;
/** Largest channel of a ground that counts as black. */
const BLACK = 40;
/** Smallest difference in RGB between cell and ground. */
const CONTRAST = 18;
/** Smallest share of the picture that a cell may cover. */
const SMALLEST = 0.02;
/** A second thing of more than this share of the first one's size makes it more than one cell. */
const SECOND = 0.1;

/** A cell cut out of its own ground. */
export interface CutOut {
  /** The cell on black, cropped to it. */
  picture: RgbPicture;
  /** Which pixels of the given picture, brought to at most 512 pixels, are the cell. */
  mask: Mask;
}

/**
 * Cuts a single cell out of an even ground, bright or black, and lays it on black, cropped to it, as the training cells are.
 *
 * The ground's colour is the median of the picture's rim. Pixels whose distance from it exceeds Otsu's threshold (1979)
 * are the foreground; single lines and specks are taken off, its largest part is the cell, what it encloses belongs to
 * it (a red cell's middle may be as bright as the ground), and its edge is smoothed.
 * @returns null where the rim is not even or neither bright nor black, or there is not just one thing that lies wholly within the picture
 */
export function cutOut(original: RgbPicture): CutOut | null {
  const picture = shrink(original);
  const {data, width, height} = picture;
  if (Math.min(width, height) < 8) return null;
  const around = rim(width, height);
  const ground = medianColour(data, around);
  const bright = (ground[0]! + ground[1]! + ground[2]!) / 3 >= BRIGHT;
  if (!bright && Math.max(...ground) > BLACK) return null;
  const distances = distancesFrom(ground, data);
  const even = around.filter((pixel) => distances[pixel]! <= GROUND_SPREAD).length / around.length;
  if (even < GROUND_SHARE) return null;

  const threshold = Math.max(CONTRAST, otsu(distances));
  const foreground = {data: new Uint8Array(distances.length), width, height};
  for (let pixel = 0; pixel < distances.length; pixel++) foreground.data[pixel] = Number(distances[pixel]! > threshold);
  const [first, second] = parts(dilate(erode(foreground)), false);
  if (!first || first.length < SMALLEST * width * height) return null;
  if (second && second.length > SECOND * first.length) return null;
  const mask = smooth(fillHoles(maskOf(first, picture)));
  if (around.filter((pixel) => mask.data[pixel]).length > (1 - GROUND_SHARE) * around.length) return null;
  return {picture: onBlack(picture, mask), mask};
}

function shrink(picture: RgbPicture): RgbPicture {
  const scale = WORKING_SIDE / Math.max(picture.width, picture.height);
  if (scale >= 1) return picture;
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  return resizeBilinearFixedPoint(picture, side(picture.width), side(picture.height));
}

/** Pixels at most two from the picture's edge. */
function rim(width: number, height: number): number[] {
  const pixels: number[] = [];
  for (let y = 0; y < height; y++) {
    const isAll = y < 2 || y >= height - 2;
    for (let x = 0; x < width; x++) {
      if (!isAll && x === 2) x = width - 2;
      pixels.push(y * width + x);
    }
  }
  return pixels;
}

/** How far each pixel's colour is from the ground's. */
function distancesFrom([red, green, blue]: readonly number[], data: ArrayLike<number>): Float32Array {
  const distances = new Float32Array(data.length / 3);
  for (let pixel = 0, n = 0; pixel < distances.length; pixel++, n += 3) {
    const [r, g, b] = [data[n]! - red!, data[n + 1]! - green!, data[n + 2]! - blue!];
    distances[pixel] = Math.sqrt(r * r + g * g + b * b);
  }
  return distances;
}

function medianColour(data: ArrayLike<number>, pixels: readonly number[]): number[] {
  return [0, 1, 2].map((channel) => {
    const values = Uint8Array.from(pixels, (pixel) => data[pixel * 3 + channel]!).sort();
    return values[values.length >> 1]!;
  });
}

/** Otsu's threshold of values from 0 to 442: the one whose two sides lie furthest apart for their spread. */
function otsu(values: Float32Array): number {
  const counts = new Float64Array(443);
  for (const value of values) counts[Math.floor(value)]!++;
  const total = values.length;
  const sum = counts.reduce((all, count, value) => all + count * value, 0);
  let [best, threshold, below, sumBelow] = [0, 0, 0, 0];
  counts.forEach((count, value) => {
    below += count;
    sumBelow += count * value;
    if (below === 0 || below === total) return;
    const between = (sumBelow / below - (sum - sumBelow) / (total - below)) ** 2 * below * (total - below);
    if (between > best) [best, threshold] = [between, value + 1];
  });
  return threshold;
}

/** Takes off what is thinner than three pixels and fills what is narrower: an opening, then a closing. */
function smooth(mask: Mask): Mask {
  const opened = dilate(erode(mask));
  const padded = area(opened) > 0 ? opened : mask;
  const [largest] = parts(padded, false);
  return fillHoles(maskOf(largest ?? new Int32Array(), mask));
}

function onBlack({data, width}: RgbPicture, mask: Mask): RgbPicture {
  let [left, right, top, bottom] = [width, -1, mask.height, -1];
  for (let pixel = 0; pixel < mask.data.length; pixel++) {
    if (!mask.data[pixel]) continue;
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  }
  const [columns, rows] = [right - left + 1, bottom - top + 1];
  const cropped = new Uint8ClampedArray(columns * rows * 3);
  for (let y = 0, to = 0; y < rows; y++) {
    let pixel = (top + y) * width + left;
    for (let x = 0; x < columns; x++, pixel++, to += 3) {
      if (!mask.data[pixel]) continue;
      for (let channel = 0; channel < 3; channel++) cropped[to + channel] = data[pixel * 3 + channel]!;
    }
  }
  return {data: cropped, width: columns, height: rows, channels: 3};
}
