import {checkShape} from "./check.js";
import type {BytePicture, Picture} from "./types.js";

/** fastai's `IntToFloatTensor`: bytes divided by 255. */
export function toFloats(picture: BytePicture): Picture {
  checkShape(picture);
  const data = new Float32Array(picture.data.length);
  for (let i = 0; i < data.length; ++i) data[i] = picture.data[i]! / 255;
  return {data, width: picture.width, height: picture.height};
}

/** The picture as RGBA bytes for `ImageData`: rounded, clamped, opaque. Values are multiplied by `scale`: 1 for bytes. */
export function toRgba({data, width, height}: Picture | BytePicture, scale = 255): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint8ClampedArray(width * height * 4);
  for (let i = 0, k = 0; k < out.length; i += 3, k += 4) {
    out[k] = data[i]! * scale;
    out[k + 1] = data[i + 1]! * scale;
    out[k + 2] = data[i + 2]! * scale;
    out[k + 3] = 255;
  }
  return out;
}

/** Mean of ImageNet's red, green and blue. */
export const imagenetMean = [0.485, 0.456, 0.406] as const;

/** Standard deviation of ImageNet's red, green and blue. */
export const imagenetStandardDeviation = [0.229, 0.224, 0.225] as const;

/** fastai's `Normalize`: (x − mean) / standard deviation a channel; what the network sees, about −2.1…2.6. */
export function normalise(picture: Picture): Picture {
  checkShape(picture);
  return {
    ...picture,
    data: picture.data.map((x, i) => (x - imagenetMean[i % 3]!) / imagenetStandardDeviation[i % 3]!)
  };
}

/** The inverse of {@link normalise}: x · standard deviation + mean. */
export function denormalise(picture: Picture): Picture {
  checkShape(picture);
  return {
    ...picture,
    data: picture.data.map((x, i) => x * imagenetStandardDeviation[i % 3]! + imagenetMean[i % 3]!)
  };
}
