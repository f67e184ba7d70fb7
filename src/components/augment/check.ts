import type {BytePicture, Draw, Picture} from "./types.js";

/** Throws a RangeError unless `value` is a number in [min, max]; `above` and `below` leave out an end. */
export function checkNumber(
  name: string,
  value: number,
  min: number,
  max: number,
  {above = false, below = false} = {}
): void {
  const inside = (above ? value > min : value >= min) && (below ? value < max : value <= max);
  if (typeof value === "number" && inside) return;
  const bounds = `${above ? "above" : "at least"} ${min} and ${below ? "below" : "at most"} ${max}`;
  throw new RangeError(`${name} is ${value}; it must be a number ${bounds}.`);
}

/** Both ends left out. */
const open = {above: true, below: true};

/** Throws a RangeError unless `value` is a whole number in [min, max]. */
export function checkWhole(name: string, value: number, min: number, max = 2 ** 15): void {
  if (!Number.isInteger(value) || value < min || value > max)
    throw new RangeError(`${name} is ${value}; it must be a whole number from ${min} to ${max}.`);
}

/** Throws a RangeError unless `value` is one of `choices`. */
export function checkChoice<T extends string>(name: string, value: T, choices: readonly T[]): void {
  if (!choices.includes(value)) throw new RangeError(`${name} is ${value}; it must be one of ${choices.join(", ")}.`);
}

/** Throws a RangeError unless the picture has whole sides ≥ 1 and three channels a pixel. */
export function checkShape({data, width, height}: Picture | BytePicture): void {
  checkWhole("width", width, 1);
  checkWhole("height", height, 1);
  const expected = width * height * 3;
  if (data.length !== expected)
    throw new RangeError(`data has ${data.length} values; an RGB picture of ${width}×${height} has ${expected}.`);
}

/** Throws a RangeError unless the picture is well shaped and every value lies in 0…1. */
export function checkPicture(picture: Picture): void {
  checkShape(picture);
  const {data} = picture;
  for (let i = 0; i < data.length; ++i) {
    const value = data[i]!;
    if (!(value >= 0 && value <= 1)) throw new RangeError(`data[${i}] is ${value}; values must lie in 0…1.`);
  }
}

/** Throws a RangeError that names the first parameter of the draw that is out of range or not a number. */
export function checkDraw(draw: Draw): void {
  const {dihedral = 0, degrees = 0, zoom = 1, zoomCenter = [0.5, 0.5], warpX = 0, warpY = 0} = draw;
  const {brightness = 0.5, contrast = 1} = draw;
  checkWhole("dihedral", dihedral, 0, 7);
  checkNumber("degrees", degrees, -360, 360);
  checkNumber("zoom", zoom, 0, Infinity, open);
  checkNumber("zoomCenter[0]", zoomCenter[0], 0, 1);
  checkNumber("zoomCenter[1]", zoomCenter[1], 0, 1);
  checkNumber("warpX", warpX, -1, 1, open);
  checkNumber("warpY", warpY, -1, 1, open);
  checkNumber("warpX² + warpY²", warpX ** 2 + warpY ** 2, -1, 1, open);
  checkNumber("brightness", brightness, 0, 1, open);
  checkNumber("contrast", contrast, 0, Infinity, open);
}
