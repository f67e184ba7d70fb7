import {choiceProperty, flagProperty, numberProperty, textProperty} from "../../ui/url-state.js";
import type {Values} from "../../ui/url-state.js";
import {augTransformsDefaults} from "../draw.js";
import type {AugTransformsOptions} from "../draw.js";
import type {StainOptions} from "../stain.js";

/** How many draws the page shows. */
export const drawCount = 12;

const defaults = augTransformsDefaults;

/** The choices of the augmentation page, as they stand in its address; the options under fastai's names in camelCase. */
export const settingsTable = {
  cell: textProperty(),
  seed: numberProperty(13, {min: 0, max: 999_999, whole: true}),
  draw: numberProperty(1, {min: 1, max: drawCount, whole: true}),
  transforms: choiceProperty("fastai", ["trained", "fastai", "notebook"]),
  method: choiceProperty("crop", ["crop", "squish", "pad"]),
  size: choiceProperty("224", ["96", "112", "224", "336", "448"]),
  doFlip: flagProperty(defaults.doFlip),
  flipVert: flagProperty(defaults.flipVert),
  maxRotate: numberProperty(defaults.maxRotate, {min: 0, max: 180}),
  minZoom: numberProperty(defaults.minZoom, {min: 0.5, max: 1}),
  maxZoom: numberProperty(defaults.maxZoom, {min: 1, max: 2}),
  maxWarp: numberProperty(defaults.maxWarp, {min: 0, max: 0.35}),
  pAffine: numberProperty(defaults.pAffine, {min: 0, max: 1}),
  maxLighting: numberProperty(defaults.maxLighting, {min: 0, max: 0.9}),
  pLighting: numberProperty(defaults.pLighting, {min: 0, max: 1}),
  pStain: numberProperty(0, {min: 0, max: 1}),
  maxHue: numberProperty(0, {min: 0, max: 3.1}),
  maxSaturation: numberProperty(0, {min: 0, max: 1}),
  maxGain: numberProperty(0, {min: 0, max: 1}),
  mult: numberProperty(defaults.mult, {min: 0, max: 2}),
  minScale: numberProperty(defaults.minScale, {min: 0.1, max: 1}),
  padMode: choiceProperty("reflection", ["reflection", "zeros", "border"]),
  mode: choiceProperty("bilinear", ["bilinear", "nearest", "bicubic"]),
  alignCorners: flagProperty(true),
  batch: flagProperty(defaults.batch)
};

/** The choices of the augmentation page. */
export type Settings = Values<typeof settingsTable>;

/**
 * The options of `aug_transforms` that the settings stand for.
 *
 * @throws RangeError where `mult` takes a parameter out of its range
 */
export function transformOptions({size, ...settings}: Settings): AugTransformsOptions & StainOptions & {size: number} {
  return {...settings, size: Number(size)};
}
