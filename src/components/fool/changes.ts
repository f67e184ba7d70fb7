import {cellSide, cellValues} from "../../data/shapes/cells.js";
import {augment} from "../augment/augment.js";
import {toFloats} from "../augment/pixels.js";
import {areaResize} from "../augment/sampling.js";
import type {Picture} from "../augment/types.js";

/** What can be changed of a cell, each in the units of `models/training/robustness.py`. */
export interface Changes {
  /** Standard deviation of a Gaussian in pixels of the 50×50 cell. */
  blur: number;
  /** Factor of all channels. */
  brightness: number;
  /** Degrees by which colours are turned in the plane of YIQ. */
  hue: number;
  /** Share of the colour that is taken away. */
  grey: number;
  /** Degrees, clockwise. */
  rotation: number;
  /** Side of the picture in pixels, before it is brought to 50. */
  size: number;
  /** Quality of the file, 1…100; `QUALITY` stands for one that is not compressed. */
  jpeg: number;
}

/** Quality at which nothing is compressed. */
export const QUALITY = 100;

/** A change as a slider offers it. */
export interface Change {
  label: string;
  min: number;
  max: number;
  step: number;
  /** Where the cell is as it was. */
  neutral: number;
  unit: string;
}

/** All changes, in the order in which they are offered. */
export const CHANGES: Record<keyof Changes, Change> = {
  blur: {label: "Blur", min: 0, max: 4, step: 0.1, neutral: 0, unit: " px"},
  brightness: {label: "Brightness", min: 0.3, max: 1.7, step: 0.05, neutral: 1, unit: " ×"},
  hue: {label: "Hue", min: -90, max: 90, step: 3, neutral: 0, unit: "°"},
  grey: {label: "Grey", min: 0, max: 1, step: 0.05, neutral: 0, unit: ""},
  rotation: {label: "Rotation", min: -180, max: 180, step: 5, neutral: 0, unit: "°"},
  size: {label: "Size", min: 8, max: cellSide, step: 1, neutral: cellSide, unit: " px"},
  jpeg: {label: "JPEG quality", min: 2, max: QUALITY, step: 2, neutral: QUALITY, unit: ""}
};

/** The changes that leave a cell as it is. */
export function unchanged(): Changes {
  return Object.fromEntries(Object.entries(CHANGES).map(([name, {neutral}]) => [name, neutral])) as unknown as Changes;
}

/** NTSC's luminance and two of chrominance, and back. */
const TO_YIQ = [
  [0.299, 0.587, 0.114],
  [0.595716, -0.274453, -0.321263],
  [0.211456, -0.522591, 0.311135]
] as const;
const FROM_YIQ = [
  [1, 0.956296, 0.621024],
  [1, -0.272122, -0.647381],
  [1, -1.10699, 1.704615]
] as const;

/**
 * Changes a cell in all ways but JPEG: turned, made small, blurred, recoloured, in this order. What comes from outside the
 * picture is black.
 * @param cell 50×50 RGB pixels
 */
export function changeCell(cell: Uint8ClampedArray, changes: Omit<Changes, "jpeg">): Uint8ClampedArray {
  const {blur, brightness, hue, grey, rotation, size} = changes;
  let picture = toFloats({data: cell, width: cellSide, height: cellSide});
  if (rotation) picture = augment(picture, {degrees: rotation}, {padMode: "zeros"});
  if (size < cellSide) picture = augment(areaResize(picture, size, size), {}, {size: cellSide, alignCorners: false});
  if (blur) picture = blurred(picture, blur);
  if (hue || grey || brightness !== 1) picture = recoloured(picture, {hue, saturation: 1 - grey, gain: brightness});
  const out = new Uint8ClampedArray(cellValues);
  for (let n = 0; n < cellValues; n++) out[n] = 255 * picture.data[n]!;
  return out;
}

/** Convolves with a Gaussian, cut off at three standard deviations; the rim is drawn out. */
function blurred(picture: Picture, deviation: number): Picture {
  const reach = Math.ceil(3 * deviation);
  const weights = Array.from({length: 2 * reach + 1}, (_, k) => Math.exp(-((k - reach) ** 2) / (2 * deviation ** 2)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // Reads lines and writes columns: two passes give both directions, the right way round again.
  const pass = ({data, width, height}: Picture): Picture => {
    const out = new Float32Array(data.length);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        for (let channel = 0; channel < 3; channel++) {
          let sum = 0;
          for (let k = -reach; k <= reach; k++) {
            const column = Math.min(width - 1, Math.max(0, x + k));
            sum += weights[k + reach]! * data[(y * width + column) * 3 + channel]!;
          }
          out[(x * height + y) * 3 + channel] = sum / total;
        }
    return {data: out, width: height, height: width};
  };
  return pass(pass(picture));
}

/** Turns the chroma plane of YIQ, scales it and all channels, as `stain` of `models/training/augmentation.py` does. */
function recoloured(
  picture: Picture,
  {hue, saturation, gain}: {hue: number; saturation: number; gain: number}
): Picture {
  const turn = (hue * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn) * saturation, Math.sin(turn) * saturation];
  const data = new Float32Array(picture.data.length);
  for (let at = 0; at < data.length; at += 3) {
    const rgb = picture.data.subarray(at, at + 3);
    const [y, i, q] = TO_YIQ.map((row) => row.reduce((sum, weight, n) => sum + weight * rgb[n]!, 0)) as [
      number,
      number,
      number
    ];
    const yiq = [y, cos * i - sin * q, sin * i + cos * q];
    FROM_YIQ.forEach((row, channel) => {
      const value = gain * row.reduce((sum, weight, n) => sum + weight * yiq[n]!, 0);
      data[at + channel] = Math.min(1, Math.max(0, value));
    });
  }
  return {...picture, data};
}

/** @returns the values of a slider at which the curve is computed, both ends and the neutral one among them */
export function stepsOf({min, max, step, neutral}: Change, count: number): number[] {
  const values = Array.from({length: count}, (_, n) => min + Math.round(((max - min) * n) / (count - 1) / step) * step);
  const nearest = values.reduce((best, value) => (Math.abs(value - neutral) < Math.abs(best - neutral) ? value : best));
  return values.map((value) => (value === nearest ? neutral : Number(value.toFixed(6))));
}
