import {cellSide} from "../../data/shapes/cells.js";
import {area, erode, fillHoles, maskOf, notBlack, parts} from "../image/mask.js";
import {quantileSorted} from "../metrics/statistics.js";

/**
 * What can be told of a 50×50 cell on black without the network. Shares run from 0 to 1, colours and their differences
 * from 0 to 255.
 */
export interface Descriptors {
  /** Share of the outermost ring of pixels that is not black. */
  ring: number;
  /** How many of the four corners are not black. */
  corners: number;
  /** Share of what is not black that hangs together. */
  together: number;
  /** Share of the picture that the cell covers, holes filled. */
  area: number;
  /** Share of the picture that the upright rectangle around the cell covers. */
  extent: number;
  /** Median colour of the cell, its outermost ring left out. */
  red: number;
  green: number;
  blue: number;
  /** Standard deviation of the brightness in the cell. */
  relief: number;
  /** Median and 95th percentile of the brightness's steepness in the cell, a pixel. */
  grain: number;
  edges: number;
}

/** Describes 50×50 RGB pixels; null where there is nothing that could be a cell. */
export function descriptorsOf(rgb: ArrayLike<number>): Descriptors | null {
  const side = cellSide;
  const present = notBlack(rgb, side, side);
  const [largest] = parts(present);
  if (!largest) return null;
  const cell = fillHoles(maskOf(largest, present));
  const inner = erode(cell);
  if (area(inner) < side) return null;

  const corners = [0, side - 1, side * (side - 1), side * side - 1];
  let ring = 0;
  let [left, right, top, bottom] = [side, -1, side, -1];
  const brightness = new Float32Array(side * side);
  const inside = new Int32Array(area(inner));
  let count = 0;
  for (let pixel = 0; pixel < side * side; pixel++) {
    const [x, y] = [pixel % side, Math.floor(pixel / side)];
    brightness[pixel] = (rgb[pixel * 3]! + rgb[pixel * 3 + 1]! + rgb[pixel * 3 + 2]!) / 3;
    if (present.data[pixel] && (x === 0 || y === 0 || x === side - 1 || y === side - 1)) ring++;
    if (inner.data[pixel]) inside[count++] = pixel;
    if (!cell.data[pixel]) continue;
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  }

  const sorted = (values: Float64Array | Uint8Array, value: (pixel: number) => number) => {
    for (let n = 0; n < count; n++) values[n] = value(inside[n]!);
    return values.sort();
  };
  const [red, green, blue] = [0, 1, 2].map((channel) =>
    quantileSorted(
      sorted(new Uint8Array(count), (pixel) => rgb[pixel * 3 + channel]!),
      0.5
    )
  ) as [number, number, number];
  const mean = inside.reduce((sum, pixel) => sum + brightness[pixel]!, 0) / count;
  const squares = inside.reduce((sum, pixel) => sum + (brightness[pixel]! - mean) ** 2, 0);
  const steepness = sorted(new Float64Array(count), (pixel) => {
    const across = (brightness[pixel + 1]! - brightness[pixel - 1]!) / 2;
    const down = (brightness[pixel + side]! - brightness[pixel - side]!) / 2;
    return Math.sqrt(across ** 2 + down ** 2);
  });
  return {
    ring: ring / (4 * (side - 1)),
    corners: corners.reduce((sum, pixel) => sum + present.data[pixel]!, 0),
    together: largest.length / area(present),
    area: area(cell) / side ** 2,
    extent: ((right - left + 1) * (bottom - top + 1)) / side ** 2,
    red,
    green,
    blue,
    relief: Math.sqrt(squares / count),
    grain: quantileSorted(steepness, 0.5),
    edges: quantileSorted(steepness, 0.95)
  };
}
