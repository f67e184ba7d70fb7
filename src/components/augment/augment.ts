import {checkChoice, checkDraw, checkPicture, checkWhole} from "./check.js";
import {drawGrid} from "./geometry.js";
import {cut, resampler} from "./resize.js";
import type {SampleOptions} from "./sampling.js";
import type {Draw, Picture} from "./types.js";

/** fastai's guard against infinite logits. */
const epsilon = 1e-7;

/**
 * fastai's `Brightness` and `Contrast` on one value 0…1: sigmoid((logit(x) + logit(brightness)) · contrast).
 *
 * Brightness is added first, then contrast multiplies. 0 and 1 stay where they are (to 3e−6).
 */
export function lightValue(x: number, brightness = 0.5, contrast = 1): number {
  const clamped = Math.min(Math.max(x, epsilon), 1 - epsilon);
  const odds = ((1 - clamped) * (1 - brightness)) / (clamped * brightness);
  return 1 / (1 + (contrast === 1 ? odds : odds ** contrast));
}

/** Cells of the table that {@link light} reads large pictures through. */
const cells = 4096;

/** The table leaves out both ends, where the curve may be steep; it serves contrasts up to this factor either way. */
const [tableStart, tableContrast] = [1 / 64, 2];

/**
 * Brightness and contrast of a draw on a whole picture; the same for all three channels.
 *
 * A large picture is read through a table with linear interpolation, which stays within 3e−6 of {@link lightValue} for
 * brightness 0.1…0.9.
 */
export function light(picture: Picture, {brightness = 0.5, contrast = 1}: Draw): Picture {
  if (brightness === 0.5 && contrast === 1) return picture;
  const exact = (x: number) => lightValue(x, brightness, contrast);
  const tabled = picture.data.length > cells && contrast <= tableContrast && contrast >= 1 / tableContrast;
  return {...picture, data: tabled ? throughTable(picture.data, exact) : picture.data.map(exact)};
}

function throughTable(data: Float32Array, exact: (x: number) => number): Float32Array {
  const table = Float64Array.from({length: cells + 1}, (_, i) => exact(i / cells));
  const black = exact(0);
  const out = new Float32Array(data.length);
  for (let i = 0; i < data.length; ++i) {
    const x = data[i]!;
    if (x >= tableStart && x <= 1 - tableStart) {
      const t = x * cells;
      const cell = Math.floor(t);
      out[i] = table[cell]! + (table[cell + 1]! - table[cell]!) * (t - cell);
    } else out[i] = x <= 0 ? black : exact(x);
  }
  return out;
}

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
