import {cellSide, cellValues} from "../../data/shapes/cells.js";
import {resizeBilinearFixedPoint} from "./resize.js";
import type {RgbPicture} from "./resize.js";

/**
 * Brings a picture to the pixels the network was trained on: 50×50 by OpenCV's fixed-point bilinear, aspect ratio not
 * kept.
 * @returns `cellValues` bytes
 */
export function toCell(picture: RgbPicture): Uint8ClampedArray {
  return new Uint8ClampedArray(resizeBilinearFixedPoint(picture, cellSide, cellSide).data);
}

/** @returns the cells one after another as floats from 0 to 1, the network's `cells` input of shape [n, 50, 50, 3] */
export function toBatch(cells: Uint8ClampedArray[]): Float32Array {
  const length = cellValues;
  const batch = new Float32Array(cells.length * length);
  cells.forEach((cell, n) => {
    for (let place = 0; place < length; place++) batch[n * length + place] = cell[place]! / 255;
  });
  return batch;
}
