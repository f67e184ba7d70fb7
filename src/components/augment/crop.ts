import {checkNumber, checkWhole} from "./check.js";
import {halfEven} from "./half-even.js";
import type {Crop, Picture} from "./types.js";

/** Cuts a window out of a picture. */
export function cut({data, width, height}: Picture, crop: Crop): Picture {
  checkWhole("crop.width", crop.width, 1, width);
  checkWhole("crop.height", crop.height, 1, height);
  checkWhole("crop.left", crop.left, 0, width - crop.width);
  checkWhole("crop.top", crop.top, 0, height - crop.height);
  const out = new Float32Array(crop.width * crop.height * 3);
  for (let y = 0; y < crop.height; ++y) {
    const start = ((y + crop.top) * width + crop.left) * 3;
    out.set(data.subarray(start, start + crop.width * 3), y * crop.width * 3);
  }
  return {data: out, width: crop.width, height: crop.height};
}

/** The window of `RandomResizedCropGPU` outside training: all of a square picture. */
export function fullCrop({width, height}: {width: number; height: number}): Crop {
  const side = Math.min(width, height);
  return {top: (height - side) >> 1, left: (width - side) >> 1, width: side, height: side};
}

/**
 * Draws the square window of fastai's `RandomResizedCropGPU(size, min_scale, ratio=(1, 1))`.
 *
 * Its area is uniform in [minScale, 1] of the picture and its place uniform among those that fit; after ten windows that
 * do not fit (which happens only where the picture is not square) it is the centre. fastai draws one window for a batch.
 * Always takes three numbers from `random` a try.
 */
export function drawCrop(random: () => number, size: {width: number; height: number}, minScale: number): Crop {
  const {width, height} = size;
  checkWhole("width", width, 1);
  checkWhole("height", height, 1);
  checkNumber("minScale", minScale, 0, 1);
  for (let attempt = 0; attempt < 10; ++attempt) {
    const area = (minScale + (1 - minScale) * random()) * width * height;
    const [down, across] = [random(), random()];
    const side = Math.max(1, halfEven(Math.sqrt(area)));
    if (side <= width && side <= height) {
      const top = Math.floor(down * (height - side + 1));
      const left = Math.floor(across * (width - side + 1));
      return {top, left, width: side, height: side};
    }
  }
  return fullCrop(size);
}
