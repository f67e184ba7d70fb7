import {checkShape} from "./check.js";
import type {Picture} from "./types.js";

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
