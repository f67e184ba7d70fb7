import {resizeBilinearFixedPoint} from "./resize.js";
import type {RgbPicture} from "./resize.js";

/** Width and height, in pixels, of the pictures that the network was trained on. */
export const CELL_SIZE = 50;

/**
 * Brings a picture to the pixels the network was trained on: 50×50 by OpenCV's fixed-point bilinear, aspect ratio not
 * kept.
 * @returns `CELL_SIZE² × 3` bytes
 */
export function toCell(picture: RgbPicture): Uint8ClampedArray {
  return new Uint8ClampedArray(resizeBilinearFixedPoint(picture, CELL_SIZE, CELL_SIZE).data);
}

/** @returns the cells one after another as floats from 0 to 1, the network's `cells` input of shape [n, 50, 50, 3] */
export function toBatch(cells: Uint8ClampedArray[]): Float32Array {
  const length = CELL_SIZE * CELL_SIZE * 3;
  const batch = new Float32Array(cells.length * length);
  cells.forEach((cell, n) => {
    for (let place = 0; place < length; place++) batch[n * length + place] = cell[place]! / 255;
  });
  return batch;
}
