import {cellPixels, cellSide} from "../../data/shapes/cells.js";

/** What is explained, by the difference of its two values, and the layer whose maps explain it. */
export const EXPLAINED = {from: "logits", to: "layer1"};
/** Pixels of the enlarged cell from one place of that layer to the next. */
const STRIDE = 4;

/** Weights of the difference between class `output` and the other. */
export function weighingOf(output: number): number[] {
  return [0, 1].map((n) => (n === output ? 1 : -1));
}

/**
 * Gradient × activation (Ancona et al. 2018, at a hidden layer as in Grad-CAM but place by place), summed over channels,
 * negative sums left out.
 * @param gradient values whose last dimension is `channels`
 * @param activation the same of the maps
 */
export function attribution(gradient: Float32Array, activation: Float32Array, channels: number): Float32Array {
  const sums = new Float32Array(gradient.length / channels);
  for (let place = 0, n = 0; place < sums.length; place++) {
    let sum = 0;
    for (const end = n + channels; n < end; n++) sum += gradient[n]! * activation[n]!;
    sums[place] = Math.max(0, sum);
  }
  return sums;
}

/**
 * Brings maps of the layer that explains to the pixels of the cells.
 * @param coarse a square map, not negative, for each of `count` cells
 * @returns count × cellSide² values, not negative
 */
export function toCellMaps(coarse: Float32Array, count: number): Float32Array {
  const places = coarse.length / count;
  const maps = new Float32Array(count * cellPixels);
  for (let cell = 0; cell < count; cell++) {
    const own = coarse.subarray(cell * places, (cell + 1) * places);
    maps.set(toCellMap(own, Math.sqrt(places), STRIDE), cell * cellPixels);
  }
  return maps;
}

/** Standard deviation, in pixels of a cell, of the Gaussian that a map is smoothed with. */
const SMOOTHING = 1.5;

/**
 * Brings a layer's map to the pixels of the cell: bilinear between the layer's places where they really lie, then a
 * Gaussian of 1.5 pixels, which takes the layer's grid away.
 *
 * Place k of a layer with stride s looks at pixel s · k of the enlarged cell (the stem's and the blocks' strides leave the
 * first place on the first pixel), and the enlargement puts corner on corner.
 * @param coarse side × side values, not negative
 * @param stride pixels of the enlarged cell from one place to the next; the enlarged cell is side · stride wide
 * @returns cellSide² values, not negative
 */
export function toCellMap(coarse: Float32Array, side: number, stride: number): Float32Array {
  const rows = Array.from({length: cellSide}, (_, pixel) => placesOf(pixel, side, stride));
  // Reads lines and writes columns: two passes give both directions, the right way round again.
  const pass = (from: Float32Array, lines: number) => {
    const to = new Float32Array(cellSide * lines);
    for (let line = 0; line < lines; line++) {
      rows.forEach(({first, shares}, pixel) => {
        let sum = 0;
        for (let k = 0; k < shares.length; k++) sum += shares[k]! * from[line * side + first + k]!;
        to[pixel * lines + line] = sum;
      });
    }
    return to;
  };
  return pass(pass(coarse, side), cellSide);
}

/** What a pixel of the smoothed map takes of the layer's places from the `first` on, along one direction. */
function placesOf(pixel: number, side: number, stride: number): {first: number; shares: Float64Array} {
  const scale = (side * stride - 1) / (cellSide - 1) / stride;
  const reach = Math.ceil(3 * SMOOTHING);
  const all = new Float64Array(side);
  let total = 0;
  // Cut off at three standard deviations; pixels outside are as those at the edge.
  for (let k = -reach; k <= reach; k++) {
    const place = Math.min(Math.min(cellSide - 1, Math.max(0, pixel + k)) * scale, side - 1);
    const [low, weight] = [Math.floor(place), Math.exp(-(k ** 2) / (2 * SMOOTHING ** 2))];
    const high = Math.min(low + 1, side - 1);
    all[low]! += weight * (1 - (place - low));
    all[high]! += weight * (place - low);
    total += weight;
  }
  const first = all.findIndex((share) => share > 0);
  const last = all.findLastIndex((share) => share > 0);
  return {first, shares: all.slice(first, last + 1).map((share) => share / total)};
}
