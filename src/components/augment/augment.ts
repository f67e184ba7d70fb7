import {checkChoice, checkDraw, checkPicture, checkWhole} from "./check.js";
import {cut} from "./crop.js";
import {drawGrid} from "./grid.js";
import {light} from "./lighting.js";
import {resampler} from "./resample.js";
import type {SampleOptions} from "./sample.js";
import type {Draw, Picture} from "./types.js";

/** Options of {@link augment}, under fastai's names and defaults. */
export interface AugmentOptions extends SampleOptions {
  /** fastai `size`: side of the square result in pixels; left out, the picture keeps its size. */
  size?: number;
  /** fastai `align_corners`: whether ±1 are pixel centres (default true) or edges. */
  alignCorners?: boolean;
}

/**
 * Applies one draw to a picture: geometry in one interpolation, then lighting, as fastai's `aug_transforms`.
 *
 * A draw with a `crop` goes fastai's other way (`min_scale` ≠ 1): geometry at full size, then the crop brought to `size`
 * by a second interpolation.
 *
 * @param image RGB, HWC, 0…1
 * @returns RGB, HWC, 0…1 (`bicubic` may overshoot a little)
 * @throws RangeError naming the parameter that is out of range, not a number, or of the wrong length
 */
export function augment(image: Picture, draw: Draw = {}, options: AugmentOptions = {}): Picture {
  return augmenter(image)(draw, options);
}

/** {@link augment} for many draws on one picture: checks it once and keeps the picture shrunk by the hidden area step. */
export function augmenter(image: Picture): (draw?: Draw, options?: AugmentOptions) => Picture {
  checkPicture(image);
  const resample = resampler(image);
  return (draw = {}, {size, alignCorners = true, mode = "bilinear", padMode = "reflection", step = 1} = {}) => {
    checkDraw(draw);
    if (size !== undefined) checkWhole("size", size, 1);
    checkWhole("step", step, 1);
    checkChoice("mode", mode, ["bilinear", "nearest", "bicubic"]);
    checkChoice("padMode", padMode, ["reflection", "zeros", "border"]);
    const output = {width: size ?? image.width, height: size ?? image.height, alignCorners};
    const sampling = {mode, padMode, step};
    if (!draw.crop) return light(resample(drawGrid(draw, image, output), sampling), draw);
    const {width, height} = image;
    const turned = resample(drawGrid(draw, image, {width, height, alignCorners}), {mode, padMode});
    const window = cut(turned, draw.crop);
    return light(resampler(window)(drawGrid({}, window, output), sampling), draw);
  };
}
