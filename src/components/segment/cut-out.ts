import {cropToMask, cutRectangle} from "../image/crop.js";
import type {Rectangle} from "../image/crop.js";
import {area, dilate, erode, fillHoles, maskOf, notBlack, parts, touchesRim} from "../image/mask.js";
import type {Mask} from "../image/mask.js";
import {resizeBilinearFixedPoint} from "../image/resize.js";
import type {RgbPicture} from "../image/resize.js";
import {densityOver, groundOf, otsu, quantile, rimUnevenness} from "./ground.js";
import type {Density, Ground, Standing} from "./ground.js";
import {outlineIn, within} from "./outline.js";
import type {Outline} from "./outline.js";

/** Longest side, in pixels, of the picture that a cell is cut out of: four times what the largest cells have. */
const WORKING_SIDE = 512;
/** Longest side of the picture that its outline is looked for in. */
const OUTLINE_SIDE = 96;
/** The part of the picture around its middle, as a share of its shorter side, that tells how dark the cell is. */
const MIDDLE = 0.3;
/** How dark a cell is, as a quantile of its middle: below the median, so that a parasite is not taken for the cell. */
const TYPICAL = 0.4;
/** Least density over the ground of what counts as a cell: about seven in a hundred of the light. */
const FAINTEST = 0.07;
/** Longest stretch of the outline at the picture's edge, as a share: a cell that just fits touches it for less. */
const CUT_OFF = 0.2;
/** Least drop of density across the outline, as a share of the cell's own. */
const LEAST_CONTRAST = 0.15;
/** Least share of the pixels right outside the outline that must be ground. */
const LEAST_BARE = 0.3;
/** Largest deviation of the ground's density, as a share of the cell's own, … */
const UNEVEN = 0.1;
/** … and what it may be more where all pixels around the cell are ground. */
const UNEVEN_AROUND = 0.14;
/** The same where the ground is not brighter than the cell: a picture of something else has no such ground. */
const [BARE_AROUND, EVEN] = [0.8, 0.12];
/** What of the outline is not looked at for gaps, as a share of its radii: a red cell's middle may be as bright as the ground. */
const PALE = 0.6;
/** Largest share of the rest that may be no darker than the ground: between several cells there are gaps. */
const MOST_GAPS = 0.16;
/** A second thing on black of more than this share of the cell's size makes it more than one. */
const SECOND = 0.1;
/** Beside a cell of less than this share of the picture's side, no others may lie … */
const LONE = 0.4;
/** … of more than this multiple of its own area; and beside any, those wholly in the picture not more than this. */
const [OTHERS, WHOLE] = [0.5, 0.25];

/** Largest deviation of the density at a picture's rim where all of the rim is surely ground. */
const EVEN_RIM = 0.05;
/** Quantile of the density that counts as wholly foreground where a small thing is looked for. */
const DENSEST = 0.995;
/** Shares of a picture that what is looked at more closely covers, and how much around it, in its own sizes. */
const [SMALLEST_LONE, LARGEST_LONE, AROUND] = [0.003, 0.2, 0.4];

/** Why no cell was cut out: nothing stands out from the ground, several things do, or the picture cuts it off. */
export type Missing = "nothing" | "several" | "cut-off";

/** A cell cut out of its own ground. */
export interface CutOut {
  /** The cell on black, cropped to it. */
  picture: RgbPicture;
  /** Which pixels of the given picture, brought to at most 512 pixels, are the cell. */
  mask: Mask;
}

/**
 * Cuts a cell out of its ground and lays it on black, cropped to it, as the training cells are: the cell in the middle,
 * with parts of others at the picture's rim, or one that lies alone, however small, on a ground that is mostly bare. The
 * ground may be shaded. It is brighter than the cell or black, as in photographs; an even one may have any colour.
 *
 * A star-convex outline is found first; within it the edge is where the density passes Otsu's threshold. What the cell
 * encloses belongs to it, since a red cell's middle may be as bright as the ground.
 * @returns why there is none, where no single cell can be told from the ground
 */
export function cutOut(original: RgbPicture): CutOut | Missing {
  const picture = workingPicture(original);
  if (Math.min(picture.width, picture.height) < 8) return "nothing";
  const mask = hasBlackRim(picture) ? onBlack(picture) : onGround(picture);
  return typeof mask === "string" ? mask : {picture: cropToMask(picture, mask), mask};
}

/** The picture that a cell is cut out of: brought to at most 512 pixels. */
export const workingPicture = (picture: RgbPicture): RgbPicture => shrink(picture, WORKING_SIDE);

function onBlack({data, width, height}: RgbPicture): Mask | Missing {
  const [first, second] = parts(notBlack(data, width, height));
  if (!first) return "nothing";
  if (second && second.length > SECOND * first.length) return "several";
  return fillHoles(maskOf(first, {width, height}));
}

function onGround(picture: RgbPicture): Mask | Missing {
  const standings: Standing[] = ["darker", "different"];
  const small = shrink(picture, OUTLINE_SIDE);
  if (rimUnevenness(small) < EVEN_RIM) standings.reverse();
  for (const standing of standings) {
    const relief = reliefOf(small, standing);
    const found = standingOut(picture, small, relief);
    if (found !== "nothing") return found;
    const box = loneThing(picture, small, relief.density);
    if (!box) continue;
    if (typeof box === "string") return box;
    const closer = cutRectangle(picture, box);
    const nearer = shrink(closer, OUTLINE_SIDE);
    const inside = standingOut(closer, nearer, reliefOf(nearer, standing));
    if (inside !== "nothing") return typeof inside === "string" ? inside : placed(inside, box, picture);
  }
  return "nothing";
}

/** What stands out of a picture's ground, and how. */
interface Relief {
  standing: Standing;
  ground: Ground;
  density: Density;
}

function reliefOf(picture: RgbPicture, standing: Standing): Relief {
  const ground = groundOf(picture, standing);
  return {standing, ground, density: densityOver(ground, picture, standing)};
}

/**
 * The surroundings of the one thing that stands out of a picture that is mostly ground.
 * @returns null where nothing small does; "several" where others of its size do too
 */
function loneThing(picture: RgbPicture, small: RgbPicture, density: Density): Rectangle | "several" | null {
  const top = quantile(density.data, DENSEST);
  if (!(top >= FAINTEST)) return null;
  const scaled = density.data.map((value) => Math.min(1, value / top));
  const [first, ...others] = parts(fillHoles(above(scaled, otsu(scaled), small)));
  if (!first || first.length < SMALLEST_LONE * scaled.length || first.length > LARGEST_LONE * scaled.length)
    return null;
  if (others.reduce((sum, {length}) => sum + length, 0) > WHOLE * first.length) return "several";
  let [left, right, upper, lower] = [Infinity, 0, Infinity, 0];
  for (const pixel of first) {
    const [x, y] = [pixel % small.width, Math.floor(pixel / small.width)];
    [left, right, upper, lower] = [Math.min(left, x), Math.max(right, x), Math.min(upper, y), Math.max(lower, y)];
  }
  const around = AROUND * Math.max(right - left, lower - upper);
  const [x, width] = stretch(left - around, right + 1 + around, small.width, picture.width);
  const [y, height] = stretch(upper - around, lower + 1 + around, small.height, picture.height);
  return {left: x, top: y, width, height};
}

/** Start and length of a stretch of a small picture in a larger one, cut off at both ends. */
function stretch(from: number, to: number, small: number, large: number): [start: number, length: number] {
  const at = (value: number) => Math.floor((Math.max(0, Math.min(small, value)) * large) / small);
  return [at(from), at(to) - at(from)];
}

function standingOut(picture: RgbPicture, small: RgbPicture, {standing, ground, density}: Relief): Mask | Missing {
  const typical = quantile(middleOf(density), TYPICAL);
  if (!(typical >= FAINTEST)) return "nothing";
  const scaled = density.data.map((value) => Math.min(1, value / typical));
  const threshold = otsu(scaled);
  const isDark = above(scaled, threshold, small);
  const dark = fillHoles(isDark);
  const outline = outlineIn({...density, data: scaled}, dark);
  if (outline.contrast < LEAST_CONTRAST) return "nothing";
  if (outline.cutOff > CUT_OFF) return "cut-off";
  const found = within(outline, small);
  const own = area(found);
  if (!liesOnGround(outline, {scaled, dark, found, standing})) return "nothing";
  if (standing === "darker" && gapsIn(outline, {isDark, found}) > MOST_GAPS) return "several";
  const others = {...small, data: dark.data.map((value, pixel) => value & ~found.data[pixel]!)};
  const whole = parts(others).filter((part) => !touchesRim(part, small));
  const reach = Math.sqrt(own) < LONE * Math.min(small.width, small.height) ? area(others) : 0;
  if (reach > OTHERS * own || whole.reduce((sum, {length}) => sum + length, 0) > WHOLE * own) return "several";

  const scale = picture.width / small.width;
  const bounds = within(outline, picture, {scale});
  const exact = above(densityOver(ground, picture, standing).data, threshold * typical, picture);
  for (let pixel = 0; pixel < exact.data.length; pixel++) exact.data[pixel]! &= bounds.data[pixel]!;
  const mask = smooth(fillHoles(exact));
  return area(mask) > 0.75 * own * scale ** 2 ? mask : bounds;
}

/** Whether the ground around a cell is one, and even: in tissue, thick smears and photographs it is not. */
function liesOnGround(
  outline: Outline,
  {scaled, dark, found, standing}: {scaled: Float32Array; dark: Mask; found: Mask; standing: Standing}
): boolean {
  const wider = within({...outline, radii: outline.radii.map((radius) => radius + 3)}, found);
  let [around, bareAround] = [0, 0];
  wider.data.forEach((isInside, pixel) => {
    if (!isInside || found.data[pixel]) return;
    around++;
    bareAround += 1 - dark.data[pixel]!;
  });
  const bare = bareAround / Math.max(1, around);
  const ground = scaled.filter((_, pixel) => !dark.data[pixel]);
  const mean = ground.reduce((sum, value) => sum + value, 0) / ground.length;
  const unevenness = Math.sqrt(ground.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (ground.length - 1));
  if (ground.length < 2) return false;
  if (standing === "different") return bare >= BARE_AROUND && unevenness <= EVEN;
  return bare >= LEAST_BARE && unevenness <= UNEVEN + UNEVEN_AROUND * bare;
}

/** The share of an outline's outer part that is no darker than the ground. */
function gapsIn(outline: Outline, {isDark, found}: {isDark: Mask; found: Mask}): number {
  const middle = within({...outline, radii: outline.radii.map((radius) => radius * PALE)}, found);
  let [all, bare] = [0, 0];
  found.data.forEach((isInside, pixel) => {
    if (!isInside || middle.data[pixel]) return;
    all++;
    bare += 1 - isDark.data[pixel]!;
  });
  return bare / Math.max(1, all);
}

function above(values: Float32Array, threshold: number, {width, height}: Pick<Mask, "width" | "height">): Mask {
  const data = new Uint8Array(values.length);
  for (let pixel = 0; pixel < values.length; pixel++) data[pixel] = Number(values[pixel]! > threshold);
  return {data, width, height};
}

function middleOf({data, width, height}: ReturnType<typeof densityOver>): Float32Array {
  const reach = MIDDLE * Math.min(width, height);
  return data.filter((_, pixel) => Math.hypot((pixel % width) - width / 2, pixel / width - height / 2) < reach);
}

function shrink(picture: RgbPicture, side: number): RgbPicture {
  const scale = side / Math.max(picture.width, picture.height);
  if (scale >= 1) return picture;
  const brought = (length: number) => Math.max(1, Math.round(length * scale));
  return resizeBilinearFixedPoint(picture, brought(picture.width), brought(picture.height));
}

/** Whether most of the outermost pixels are black. */
function hasBlackRim({data, width, height}: RgbPicture): boolean {
  const bright = notBlack(data, width, height).data;
  let [rim, black] = [0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x += y === 0 || y === height - 1 ? 1 : width - 1) {
      rim++;
      black += 1 - bright[y * width + x]!;
    }
  }
  return black > 0.5 * rim;
}

/** Takes off what is thinner than three pixels and whatever does not hang together with most of the mask. */
function smooth(mask: Mask): Mask {
  const opened = dilate(erode(mask));
  const [largest] = parts(area(opened) > 0 ? opened : mask, false);
  return fillHoles(maskOf(largest ?? new Int32Array(), mask));
}

/** The mask of a part of a picture as one of the whole picture. */
function placed(mask: Mask, {left, top}: Rectangle, {width, height}: RgbPicture): Mask {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < mask.height; y++) {
    data.set(mask.data.subarray(y * mask.width, (y + 1) * mask.width), (top + y) * width + left);
  }
  return {data, width, height};
}
