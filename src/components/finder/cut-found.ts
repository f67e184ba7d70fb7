import {toCell} from "../image/cell-input.js";
import {cropToMask, cutRectangle} from "../image/crop.js";
import type {Rectangle} from "../image/crop.js";
import {area, fillHoles, maskOf, parts} from "../image/mask.js";
import type {Mask} from "../image/mask.js";
import type {RgbPicture} from "../image/resize.js";
import {densityOver, groundOf, otsu} from "../segment/ground.js";
import type {Ground} from "../segment/ground.js";
import type {FoundCell} from "./find-cells.js";
import {resizeByArea} from "./network-picture.js";

/** Longest side in pixels of the picture that the ground is told from. */
const GROUND_SIDE = 400;
/** The density that counts as wholly cell is this quantile of what lies in the outline: below a parasite's. */
const TYPICAL = 0.5;
/** Shares of that density between which the edge's lies: a rim of ground looks like a parasite to the networks. */
const [FLATTEST, STEEPEST] = [0.5, 0.75];
/** Least share of the outline's area that the mask within it must have; else the outline itself is taken. */
const LEAST = 0.8;

/** What of a field all its cells are cut out with. */
export interface FieldGround {
  ground: Ground;
  width: number;
  height: number;
}

/** Tells a field's ground once for all its cells. */
export function groundOfField(picture: RgbPicture): FieldGround {
  const {width, height} = picture;
  const scale = Math.min(1, GROUND_SIDE / Math.max(width, height));
  const brought = (length: number) => Math.max(1, Math.round(length * scale));
  return {ground: groundOf(resizeByArea(picture, brought(width), brought(height)), "darker"), width, height};
}

/**
 * Cuts a found cell out, lays it on black and brings it to 50×50, as the training cells were. Within the outline that the
 * network tells the cell is what takes more light than Otsu's threshold, with all that it encloses.
 * @returns `cellValues` bytes
 */
export function cutFound(picture: RgbPicture, cell: FoundCell, field: FieldGround): Uint8ClampedArray {
  const left = Math.max(0, Math.floor(cell.x - cell.width / 2));
  const top = Math.max(0, Math.floor(cell.y - cell.height / 2));
  const width = Math.max(1, Math.min(picture.width, Math.ceil(cell.x + cell.width / 2)) - left);
  const height = Math.max(1, Math.min(picture.height, Math.ceil(cell.y + cell.height / 2)) - top);
  const part = cutRectangle(picture, {left, top, width, height});
  const outline = cell.outline.map((value, n) => value - (n % 2 === 0 ? left : top));
  const own = fillPolygon(outline, width, height);
  const density = densityOver(groundAt(field, {left, top, width, height}), part, "darker").data;
  const mask = edgeWithin(density, own);
  return toCell(cropToMask(part, mask));
}

/** The ground of a part of a field. */
function groundAt({ground, width, height}: FieldGround, part: Rectangle): Ground {
  return ground.map(([level, across, down]) => [
    level + (across * part.left) / width + (down * part.top) / height,
    (across * part.width) / width,
    (down * part.height) / height
  ]);
}

function edgeWithin(density: Float32Array, own: Mask): Mask {
  const inside = density.filter((_, pixel) => own.data[pixel]).sort();
  const typical = inside[Math.floor(TYPICAL * inside.length)] ?? 0;
  if (!(typical > 0)) return own;
  const around = inside.map((value) => Math.min(1, value / typical));
  const threshold = Math.min(STEEPEST, Math.max(FLATTEST, otsu(around))) * typical;
  const dark = {...own, data: own.data.map((value, pixel) => value & Number(density[pixel]! > threshold))};
  const [largest] = parts(fillHoles(dark), false);
  if (!largest) return own;
  const mask = maskOf(largest, own);
  return area(mask) >= LEAST * area(own) ? mask : own;
}

/** The pixels whose middles lie in a polygon, given as x and y in turn, by the even-odd rule. */
export function fillPolygon(corners: Float32Array, width: number, height: number): Mask {
  const data = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const y = row + 0.5;
    const crossings: number[] = [];
    for (let n = 0; n < corners.length; n += 2) {
      const next = (n + 2) % corners.length;
      const [y0, y1] = [corners[n + 1]!, corners[next + 1]!];
      if (y0 <= y === y1 <= y) continue;
      crossings.push(corners[n]! + ((y - y0) / (y1 - y0)) * (corners[next]! - corners[n]!));
    }
    crossings.sort((a, b) => a - b);
    for (let n = 0; n + 1 < crossings.length; n += 2) {
      const from = Math.max(0, Math.ceil(crossings[n]! - 0.5));
      const to = Math.min(width, Math.ceil(crossings[n + 1]! - 0.5));
      if (to > from) data.fill(1, row * width + from, row * width + to);
    }
  }
  return {data, width, height};
}
