import {checkShape} from "./check.js";
import type {BytePicture, Picture} from "./types.js";

/** fastai's `IntToFloatTensor`: bytes divided by 255. */
export function toFloats(picture: BytePicture): Picture {
  checkShape(picture);
  const data = new Float32Array(picture.data.length);
  for (let i = 0; i < data.length; ++i) data[i] = picture.data[i]! / 255;
  return {data, width: picture.width, height: picture.height};
}

/** The picture as RGBA bytes for `ImageData`: rounded, clamped, opaque. */
export function toRgba({data, width, height}: Picture): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint8ClampedArray(width * height * 4);
  for (let i = 0, k = 0; k < out.length; i += 3, k += 4) {
    out[k] = data[i]! * 255;
    out[k + 1] = data[i + 1]! * 255;
    out[k + 2] = data[i + 2]! * 255;
    out[k + 3] = 255;
  }
  return out;
}
