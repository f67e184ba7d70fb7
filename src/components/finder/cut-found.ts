import {toCell} from "../image/cell-input.js";
import {cropToMask, cutRectangle} from "../image/crop.js";
import type {Rectangle} from "../image/crop.js";
import {area, fillHoles, maskOf, parts, touchesRim} from "../image/mask.js";
import type {Mask} from "../image/mask.js";
import type {RgbPicture} from "../image/resize.js";
import {broughtTo} from "./find-cells.js";
import type {FoundCell} from "./find-cells.js";
import {densityOver, groundOf, otsu} from "./ground.js";
import type {Density, Ground, Standing} from "./ground.js";

/** Longest side in pixels of the picture that the ground is told from. */
const GROUND_SIDE = 400;
/** The density that counts as wholly cell is this quantile of what lies in the outline: below a parasite's. */
const TYPICAL = 0.5;
/** Shares of that density between which the edge's lies: a rim of ground looks like a parasite to the networks. */
const [FLATTEST, STEEPEST] = [0.3, 0.4];
/** Furthest that the ground is looked for beyond the outline, in its distances from the middle, and in what steps. */
const [FURTHEST, STEP] = [1.3, 0.02];
/** By this share of the ground's threshold the density may rise on the way there: where it rises more, a neighbour begins. */
const RISE = 0.5;
/** Least share of the outline's area that what is taken for the cell must have; else the outline itself is taken. */
const LEAST = 0.8;
/** What of a picture is looked at around a cell, in the lengths of its rectangle. */
const AROUND = 1.6;
/** What stands alone on the ground is one cell, with all that hangs on it, up to this multiple of the outline's area. */
const HANGING = 1.35;

/** What of a picture its cells are cut out with. */
export interface FieldGround {
  ground: Ground;
  standing: Standing;
  width: number;
  height: number;
}

/** What is cut out of a picture. */
export type Cuttable = Pick<FoundCell, "x" | "y" | "width" | "height" | "outline">;

/** Tells a field's ground once for all its cells. */
export function groundOfField(picture: RgbPicture): FieldGround {
  const {width, height} = picture;
  const small = broughtTo(picture, Math.min(1, GROUND_SIDE / Math.max(width, height)));
  return {ground: groundOf(small, "darker"), standing: "darker", width, height};
}

/**
 * Cuts a found cell out, lays it on black and brings it to 50×50, as the training cells were. The cell is what takes more
 * light than Otsu's threshold, with all that it encloses. Where it stands alone, what hangs on it belongs to it, as it did in
 * training. Where a neighbour touches it, the network's outline parts them; drawn in coarse pixels, it is moved out in each
 * direction to where the ground begins, if that is near.
 * @returns `cellValues` bytes
 */
export function cutFound(picture: RgbPicture, cell: Cuttable, field: FieldGround): Uint8ClampedArray {
  const [across, down] = [(AROUND * cell.width) / 2, (AROUND * cell.height) / 2];
  const left = Math.max(0, Math.floor(cell.x - across));
  const top = Math.max(0, Math.floor(cell.y - down));
  const width = Math.max(1, Math.min(picture.width, Math.ceil(cell.x + across)) - left);
  const height = Math.max(1, Math.min(picture.height, Math.ceil(cell.y + down)) - top);
  const part = cutRectangle(picture, {left, top, width, height});
  const density = densityOver(groundAt(field, {left, top, width, height}), part, field.standing);
  const outline = cell.outline.map((value, n) => value - (n % 2 === 0 ? left : top));
  const mask = edgeOf({outline, x: cell.x - left, y: cell.y - top}, density);
  return toCell(cropToMask(part, mask));
}

/** The ground of a part of a picture. */
function groundAt({ground, width, height}: FieldGround, part: Rectangle): Ground {
  return ground.map(([level, across, down]) => [
    level + (across * part.left) / width + (down * part.top) / height,
    (across * part.width) / width,
    (down * part.height) / height
  ]);
}

/** The pixels of a cell whose outline the network told. */
function edgeOf(told: Pick<Cuttable, "x" | "y" | "outline">, density: Density): Mask {
  const {data, width, height} = density;
  const own = fillPolygon(told.outline, width, height);
  const inside = data.filter((_, pixel) => own.data[pixel]).sort();
  const typical = inside[Math.floor(TYPICAL * inside.length)] ?? 0;
  if (!(typical > 0)) return own;
  const scaled = inside.map((value) => Math.min(1, value / typical));
  const threshold = Math.min(STEEPEST, Math.max(FLATTEST, otsu(scaled))) * typical;
  const standing = {...own, data: own.data.map((_, pixel) => Number(data[pixel]! > threshold))};
  const alone = aloneIn(standing, own);
  if (alone) return alone;
  const wider = fillPolygon(movedOut(told, density, threshold), width, height);
  const dark = {...wider, data: wider.data.map((value, pixel) => value & standing.data[pixel]!)};
  const [largest] = parts(fillHoles(dark), false);
  if (!largest) return own;
  const mask = maskOf(largest, own);
  return area(mask) >= LEAST * area(own) ? mask : own;
}

/** What stands alone on its ground around an outline; null where a neighbour touches it, or the rim of the part cuts it off. */
function aloneIn(standing: Mask, own: Mask): Mask | null {
  const size = area(own);
  for (const part of parts(fillHoles(standing), false)) {
    const shared = part.reduce((sum, pixel) => sum + own.data[pixel]!, 0);
    if (shared < LEAST * size) continue;
    return part.length <= HANGING * size && !touchesRim(part, own) ? maskOf(part, own) : null;
  }
  return null;
}

/** The outline with each corner where the ground begins beyond it, if it does within reach and before a neighbour. */
function movedOut({x, y, outline}: Pick<Cuttable, "x" | "y" | "outline">, density: Density, threshold: number) {
  const {data, width, height} = density;
  const moved = outline.slice();
  for (let n = 0; n < outline.length; n += 2) {
    const [across, down] = [outline[n]! - x, outline[n + 1]! - y];
    let [value, least] = [Infinity, Infinity];
    for (let share = 1; share <= FURTHEST && value > threshold && value <= least + RISE * threshold; share += STEP) {
      const [u, v] = [x + across * share, y + down * share];
      const isInside = u >= 0 && v >= 0 && u < width && v < height;
      value = isInside ? data[Math.floor(v) * width + Math.floor(u)]! : 0;
      least = Math.min(least, value);
      if (value <= threshold) moved.set([u, v], n);
    }
  }
  return moved;
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
