import type {FoundCell} from "../finder/find-cells.js";
import {DIRECTIONS, cornersOf, extentOf} from "../finder/star.js";
import {cutRectangle} from "../image/crop.js";
import {fillHoles, maskOf, parts, touchesRim} from "../image/mask.js";
import type {Mask} from "../image/mask.js";
import type {RgbPicture} from "../image/resize.js";
import {densityOver, groundOf, otsu, quantile} from "../finder/ground.js";

/** Side of what is looked at around the place, in diameters of the field's cells: the cell and some ground around it. */
const AROUND = 2.2;
/** How far from the place, in diameters, the cell may begin. */
const REACH = 0.25;
/** Areas that a cell may have, as multiples of that of a usual one. */
const [SMALLEST, LARGEST] = [0.35, 2];
/** The density that counts as wholly cell. */
const TYPICAL = 0.9;

/**
 * The outline of the cell at a place that a person pointed at: what hangs together there and is darker than the ground.
 * Where nothing stands out, or what does cannot be a single cell, the shape that was given stays.
 * @param given a circle of the usual size around the place
 * @param diameter of the field's cells, in pixels; the circle's where that is not known
 */
export function outlineAround(picture: RgbPicture, given: FoundCell, diameter: number): FoundCell {
  const usual = diameter || given.width;
  const half = (AROUND * usual) / 2;
  const left = Math.max(0, Math.floor(given.x - half));
  const top = Math.max(0, Math.floor(given.y - half));
  const width = Math.min(picture.width, Math.ceil(given.x + half)) - left;
  const height = Math.min(picture.height, Math.ceil(given.y + half)) - top;
  if (!(width > 2 && height > 2)) return given;
  const part = cutRectangle(picture, {left, top, width, height});
  const density = densityOver(groundOf(part, "darker"), part, "darker").data;
  const typical = quantile(density, TYPICAL);
  if (!(typical > 0)) return given;
  const scaled = density.map((value) => Math.min(1, value / typical));
  const threshold = otsu(scaled);
  const dark = fillHoles({data: Uint8Array.from(scaled, (value) => Number(value > threshold)), width, height});
  const place = {x: given.x - left, y: given.y - top};
  const own = nearestPart(dark, place, REACH * usual);
  const expected = (Math.PI / 4) * usual ** 2;
  const fits = own && own.length >= SMALLEST * expected && own.length <= LARGEST * expected && !touchesRim(own, dark);
  return fits ? {...given, ...shapeOf(maskOf(own, dark), {left, top})} : given;
}

/** The largest part that comes as near to a place as `reach`. */
function nearestPart(mask: Mask, {x, y}: {x: number; y: number}, reach: number): Int32Array | undefined {
  return parts(mask, false).find((pixels) =>
    pixels.some(
      (pixel) => Math.hypot((pixel % mask.width) + 0.5 - x, Math.floor(pixel / mask.width) + 0.5 - y) <= reach
    )
  );
}

/** A part's outline by rays from its centre, and the upright rectangle around it. */
function shapeOf(
  {data, width, height}: Mask,
  {left, top}: {left: number; top: number}
): Pick<FoundCell, "x" | "y" | "width" | "height" | "outline"> {
  let [x, y, count] = [0, 0, 0];
  data.forEach((value, pixel) => {
    if (!value) return;
    x += (pixel % width) + 0.5;
    y += Math.floor(pixel / width) + 0.5;
    count++;
  });
  [x, y] = [x / count, y / count];
  const isIn = (u: number, v: number) =>
    u >= 0 && v >= 0 && u < width && v < height && data[Math.floor(v) * width + Math.floor(u)] === 1;
  const radii = new Float32Array(DIRECTIONS).map((_, n) => {
    const angle = (2 * Math.PI * n) / DIRECTIONS;
    const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
    let far = 0;
    for (let reach = 0; reach < Math.max(width, height); reach += 0.5) {
      if (isIn(x + reach * dx, y + reach * dy)) far = reach + 0.5;
    }
    return far;
  });
  const outline = cornersOf({x: left + x, y: top + y, radii});
  const extent = extentOf(outline);
  return {
    x: (extent.left + extent.right) / 2,
    y: (extent.top + extent.bottom) / 2,
    width: extent.right - extent.left,
    height: extent.bottom - extent.top,
    outline
  };
}
