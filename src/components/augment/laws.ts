import {augTransformsParameters} from "./draw.js";
import type {AugTransformsOptions} from "./draw.js";

/** The law of one continuous parameter of the draws: with probability `gate` a value between `low` and `high`. */
export interface Law {
  parameter: "warpX" | "warpY" | "degrees" | "zoom" | "brightness" | "contrast";
  /** The value that changes nothing. */
  neutral: number;
  gate: number;
  low: number;
  high: number;
  /** Whether the logarithm of the value is uniform, rather than the value. */
  logarithmic: boolean;
}

/** The laws of the continuous parameters under some options; a parameter whose range is a point has gate 0. */
export function laws(options: AugTransformsOptions = {}): Law[] {
  const {maxRotate, minZoom, maxZoom, maxLighting, maxWarp, pAffine, pLighting} = augTransformsParameters(options);
  const law = (parameter: Law["parameter"], neutral: number, gate: number, low: number, high: number): Law => ({
    parameter,
    neutral,
    gate: high > low ? gate : 0,
    low,
    high,
    logarithmic: parameter === "contrast"
  });
  return [
    law("degrees", 0, pAffine, -maxRotate, maxRotate),
    law("zoom", 1, pAffine, minZoom, maxZoom),
    law("warpX", 0, pAffine, -maxWarp, maxWarp),
    law("warpY", 0, pAffine, -maxWarp, maxWarp),
    law("brightness", 0.5, pLighting, 0.5 * (1 - maxLighting), 0.5 * (1 + maxLighting)),
    law("contrast", 1, pLighting, 1 - maxLighting, 1 / (1 - maxLighting))
  ];
}

/** P(value ≤ x), given that the gate is open. */
export function cumulative({low, high, logarithmic}: Law, x: number): number {
  const share = logarithmic ? Math.log(x / low) / Math.log(high / low) : (x - low) / (high - low);
  return x <= low ? 0 : x >= high ? 1 : share;
}

/** The probability of each pose 0…7 (with `doFlip` alone: 0 as it is, 1 mirrored). */
export function poseProbabilities({doFlip = true, flipVert = false}: AugTransformsOptions = {}): number[] {
  if (!doFlip) return [1, 0, 0, 0, 0, 0, 0, 0];
  if (!flipVert) return [0.5, 0.5, 0, 0, 0, 0, 0, 0];
  return Array.from({length: 8}, (_, pose) => (pose === 0 ? 0.5 : 0) + 0.5 / 8);
}
