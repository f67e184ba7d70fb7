import type {Mask} from "./mask.js";
import type {RgbPicture} from "./resize.js";

/** A part of a picture, its corner and its sides as shares of the picture's, 0…1. */
export interface PicturePart {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Fewest pixels of a side that is cut out. */
const SMALLEST = 1;

/**
 * Cuts a part out of a picture, to whole pixels; what of it lies outside is left out.
 * @throws RangeError where nothing of it lies in the picture
 */
export function cropPicture(picture: RgbPicture, part: PicturePart): RgbPicture {
  const [left, width] = span(part.x, part.width, picture.width);
  const [top, height] = span(part.y, part.height, picture.height);
  return cutRectangle(picture, {left, top, width, height});
}

/** A rectangle in a picture, in pixels. */
export type Rectangle = Record<"left" | "top" | "width" | "height", number>;

/** Cuts a rectangle that lies wholly in it out of a picture. */
export function cutRectangle(
  {data, width: side}: Pick<RgbPicture, "data" | "width">,
  {left, top, width, height}: Rectangle
): RgbPicture {
  const content = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * side + left) * 3;
    content.set(data.subarray(from, from + width * 3), y * width * 3);
  }
  return {data: content, width, height, channels: 3};
}

/** The masked pixels on black, cropped to them; one black pixel of an empty mask. */
export function cropToMask({data, width}: RgbPicture, mask: Mask): RgbPicture {
  let [left, right, top, bottom] = [width, -1, mask.height, -1];
  for (let pixel = 0; pixel < mask.data.length; pixel++) {
    if (!mask.data[pixel]) continue;
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  }
  if (right < left) [left, right, top, bottom] = [0, 0, 0, 0];
  const [columns, rows] = [right - left + 1, bottom - top + 1];
  const content = new Uint8ClampedArray(columns * rows * 3);
  for (let y = 0, to = 0; y < rows; y++) {
    let pixel = (top + y) * width + left;
    for (let x = 0; x < columns; x++, pixel++, to += 3) {
      if (mask.data[pixel]) content.set(data.subarray(pixel * 3, pixel * 3 + 3), to);
    }
  }
  return {data: content, width: columns, height: rows, channels: 3};
}

function span(start: number, length: number, side: number): [from: number, count: number] {
  const from = Math.min(side, Math.max(0, Math.round(start * side)));
  const to = Math.min(side, Math.max(0, Math.round((start + length) * side)));
  if (!(to - from >= SMALLEST)) throw new RangeError("The part does not lie in the picture.");
  return [from, to - from];
}
