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
