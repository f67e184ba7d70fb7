import {CELL_SIZE} from "../image/cell-input.js";

/** What is explained, by the difference of its two values, and the layer whose maps explain it. */
export const EXPLAINED = {from: "logits", to: "layer1"};
/** Pixels of the enlarged cell from one place of that layer to the next. */
const STRIDE = 4;

/** Weights of the difference between class `output` and the other. */
export function weighingOf(output: number): number[] {
  return [0, 1].map((n) => (n === output ? 1 : -1));
}

/**
 * Brings maps of the layer that explains to the pixels of the cells.
 * @param coarse a square map, not negative, for each of `count` cells
 * @returns count × CELL_SIZE² values, not negative
 */
export function toCellMaps(coarse: Float32Array, count: number): Float32Array {
  const places = coarse.length / count;
  const maps = new Float32Array(count * CELL_SIZE ** 2);
  for (let cell = 0; cell < count; cell++) {
    const own = coarse.subarray(cell * places, (cell + 1) * places);
    maps.set(toCellMap(own, Math.sqrt(places), STRIDE), cell * CELL_SIZE ** 2);
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
 * @returns CELL_SIZE² values, not negative
 */
export function toCellMap(coarse: Float32Array, side: number, stride: number): Float32Array {
  const scale = (side * stride - 1) / (CELL_SIZE - 1) / stride;
  const taps = Array.from({length: CELL_SIZE}, (_, pixel) => {
    const place = Math.min(pixel * scale, side - 1);
    const first = Math.floor(place);
    return {first, second: Math.min(first + 1, side - 1), share: place - first};
  });
  const fine = new Float32Array(CELL_SIZE * CELL_SIZE);
  taps.forEach((row, y) =>
    taps.forEach((column, x) => {
      const along = (line: number) =>
        coarse[line * side + column.first]! * (1 - column.share) + coarse[line * side + column.second]! * column.share;
      fine[y * CELL_SIZE + x] = along(row.first) * (1 - row.share) + along(row.second) * row.share;
    })
  );
  return blur(fine, SMOOTHING);
}

/** Gaussian blur of a square map, cut off at three standard deviations, pixels outside as those at the edge. */
function blur(map: Float32Array, deviation: number): Float32Array {
  const reach = Math.ceil(3 * deviation);
  const kernel = Array.from({length: 2 * reach + 1}, (_, k) => Math.exp(-((k - reach) ** 2) / (2 * deviation ** 2)));
  const total = kernel.reduce((sum, weight) => sum + weight, 0);
  const pass = (from: Float32Array) => {
    const to = new Float32Array(from.length);
    // Reads rows and writes columns: two passes give both directions, the right way round again.
    for (let y = 0; y < CELL_SIZE; y++) {
      for (let x = 0; x < CELL_SIZE; x++) {
        let sum = 0;
        for (let k = -reach; k <= reach; k++) {
          const column = Math.min(CELL_SIZE - 1, Math.max(0, x + k));
          sum += kernel[k + reach]! * from[y * CELL_SIZE + column]!;
        }
        to[x * CELL_SIZE + y] = sum / total;
      }
    }
    return to;
  };
  return pass(pass(map));
}
