import {cutRectangle} from "../image/crop.js";
import type {Rectangle} from "../image/crop.js";
import type {RgbPicture} from "../image/resize.js";
import {densitiesOf, densityRange, standingOut} from "./contrast.js";
import {STRIDE, thingsIn} from "./decode.js";
import type {Maps, Thing} from "./decode.js";
import {contrastOf, resizeByArea, toNetworkPicture} from "./network-picture.js";
import type {Contrast, NetworkPicture} from "./network-picture.js";
import {areaOf, cornersOf, extentOf, moved} from "./star.js";

/** What lies at a place of a field; `cut`: cut off by the picture's edge, `clump`: cells that can't be parted. */
export type Kind = "red" | "white" | "platelet" | "clump" | "cut";

/** One thing found in a field. Lengths in pixels of the upright picture. */
export interface FoundCell {
  kind: Kind;
  /** Centre, and the size of the upright rectangle around the outline. */
  x: number;
  y: number;
  width: number;
  height: number;
  /** How sure the network is that something lies here, 0 to 1. */
  certainty: number;
  /** The outline's corners, x and y in turn, clockwise, closed implicitly. */
  outline: Float32Array;
}

/** A field with all that was found in it. */
export interface FoundField {
  width: number;
  height: number;
  /** Median diameter in pixels of the red cells wholly inside: of a circle of their area; NaN where there is none. */
  diameter: number;
  cells: FoundCell[];
}

/** What computes the finder's maps, on whatever engine. */
export type RunNetwork = (picture: NetworkPicture) => Promise<Float32Array>;

/** Diameter in pixels that cells are brought to, and those of the pictures that the scale is looked for in. */
const USUAL = 28;
const CANDIDATES = [28, 56, 112, 224];
/** Diameters in the network's picture at which it sees well. */
const [SMALLEST, LARGEST] = [17, 42];
/** Side of the square in the middle that tells the scale, and of the pieces that a large picture is cut into. */
const [SCALE_SIDE, PIECE] = [288, 768];
/** A share of the picture that cells hardly cover more of, and a number of them that is few, where the scale is told. */
const [FULL, FEW] = [0.7, 3];
/** How far what tells the scale stands out, as a share of the picture's range of density: what lies within a cell does less. */
const CLEAR = 0.3;
/** What a piece sees beyond what it answers for: cells at its edge lie wholly in it, or in its neighbour. */
const BEYOND = 48;
/** A red thing of more than this multiple of the median's area is several that could not be parted. */
const CLUMPED = 3;
/** A white cell has at least this multiple of it. */
const WHITE = 1.8;
/** How near to the edge, in the network's pixels, an outline is cut off by it. */
const AT_EDGE = 0.4;

/** Told of the share of the work that is done, 0 to 1. */
export type OnProgress = (share: number) => void;

/**
 * Finds all cells of a field, whatever their size from about 20 to 220 pixels across.
 * @param picture upright
 */
export async function findCells(
  picture: RgbPicture,
  run: RunNetwork,
  {onProgress = () => {}, signal}: {onProgress?: OnProgress; signal?: AbortSignal} = {}
): Promise<FoundField> {
  const diameter = await diameterOf(picture, run, signal);
  onProgress(0.3);
  const small = broughtTo(picture, USUAL / diameter);
  const things = await allThings(small, run, {
    signal,
    onProgress: (share) => onProgress(0.3 + 0.7 * share)
  });
  return asField(things, picture, picture.width / small.width);
}

/** The diameter of most cells, in pixels of the picture: the candidate at which they cover most, then their own median. */
async function diameterOf(picture: RgbPicture, run: RunNetwork, signal?: AbortSignal): Promise<number> {
  const range = densityRange(picture);
  let best = {support: 0, diameter: picture.width > 1000 ? 112 : 56};
  for (const candidate of CANDIDATES) {
    signal?.throwIfAborted();
    const scale = USUAL / candidate;
    const side = SCALE_SIDE / scale;
    const part = cutRectangle(picture, middle(picture, side));
    const small = broughtTo(part, scale);
    if (Math.min(small.width, small.height) < 8) continue;
    const found = thingsIn(await mapsOf(small, contrastOf(small), run)).filter((thing) => {
      const {own, around} = densitiesOf(small, {...thing, outline: cornersOf(thing)});
      return own - around >= CLEAR * range;
    });
    const fitting = found.map(diameterIn).filter((value) => value >= SMALLEST && value <= LARGEST);
    const covered = fitting.reduce((sum, value) => sum + value ** 2, 0) / (small.width * small.height);
    // Few large things are what many small ones look like from too far away.
    const support = (Math.min(covered, FULL) * fitting.length) / (fitting.length + FEW);
    if (support > best.support) best = {support, diameter: median(fitting) / scale};
  }
  return best.diameter;
}

const diameterIn = (thing: Thing) => 2 * Math.sqrt(areaOf(cornersOf(thing)) / Math.PI);

function middle({width, height}: RgbPicture, side: number): Rectangle {
  const [across, down] = [Math.min(width, Math.round(side)), Math.min(height, Math.round(side))];
  return {left: (width - across) >> 1, top: (height - down) >> 1, width: across, height: down};
}

/** A picture brought to so many times its width and height. */
export function broughtTo(picture: RgbPicture, scale: number): RgbPicture {
  const brought = (length: number) => Math.max(1, Math.round(length * scale));
  return resizeByArea(picture, brought(picture.width), brought(picture.height));
}

/** What the network says of a picture that was brought to its size. */
export async function mapsOf(picture: RgbPicture, contrast: Contrast, run: RunNetwork): Promise<Maps> {
  const input = toNetworkPicture(picture, contrast);
  return {data: await run(input), width: input.width / STRIDE, height: input.height / STRIDE};
}

/** All things of a picture that was brought to the network's size of cell, piece by piece where it is large. */
async function allThings(
  small: RgbPicture,
  run: RunNetwork,
  {signal, onProgress}: {signal: AbortSignal | undefined; onProgress: OnProgress}
): Promise<Thing[]> {
  const contrast = contrastOf(small);
  const [columns, rows] = [Math.ceil(small.width / PIECE), Math.ceil(small.height / PIECE)];
  const found: Thing[] = [];
  for (let piece = 0; piece < columns * rows; piece++) {
    signal?.throwIfAborted();
    const own = {
      left: (piece % columns) * PIECE,
      top: Math.floor(piece / columns) * PIECE,
      right: Math.min(small.width, ((piece % columns) + 1) * PIECE),
      bottom: Math.min(small.height, (Math.floor(piece / columns) + 1) * PIECE)
    };
    const [left, top] = [Math.max(0, own.left - BEYOND), Math.max(0, own.top - BEYOND)];
    const width = Math.min(small.width, own.right + BEYOND) - left;
    const height = Math.min(small.height, own.bottom + BEYOND) - top;
    const maps = await mapsOf(cutRectangle(small, {left, top, width, height}), contrast, run);
    for (const thing of thingsIn(maps)) {
      const whole = {...thing, ...moved(thing, {across: left, down: top})};
      const isOwn = whole.x >= own.left && whole.x < own.right && whole.y >= own.top && whole.y < own.bottom;
      if (isOwn) found.push(whole);
    }
    onProgress((piece + 1) / (columns * rows));
  }
  return found;
}

/**
 * A thing of a smaller picture as a cell of the picture, its outline cut off at the edges.
 * @param scale of the picture over that of the thing
 */
export function placedIn({width, height}: RgbPicture, thing: Thing, scale: number): FoundCell {
  const edge = AT_EDGE * scale;
  const outline = cornersOf({...thing, ...moved(thing, {scale})});
  const extent = extentOf(outline);
  const isCut = extent.left < edge || extent.top < edge || extent.right > width - edge || extent.bottom > height - edge;
  for (let n = 0; n < outline.length; n += 2) {
    outline[n] = Math.max(0, Math.min(width, outline[n]!));
    outline[n + 1] = Math.max(0, Math.min(height, outline[n + 1]!));
  }
  const {left, top, right, bottom} = extentOf(outline);
  return {
    kind: isCut ? "cut" : thing.kind,
    x: (left + right) / 2,
    y: (top + bottom) / 2,
    width: right - left,
    height: bottom - top,
    certainty: thing.certainty,
    outline
  };
}

/** @param scale of the picture over that of the things */
function asField(things: readonly Thing[], picture: RgbPicture, scale: number): FoundField {
  const {width, height} = picture;
  const all = things.map((thing) => placedIn(picture, thing, scale));
  const cells = standingOut(picture, all);
  const usual = median(cells.filter(({kind}) => kind === "red").map(({outline}) => areaOf(outline)));
  for (const cell of cells) {
    const share = areaOf(cell.outline) / usual;
    if (cell.kind === "red" && share > CLUMPED) cell.kind = "clump";
    // White cells are larger than red ones; a small one would be a red cell that a parasite has darkened.
    if (cell.kind === "white" && share < WHITE) cell.kind = "red";
  }
  return {width, height, diameter: 2 * Math.sqrt(usual / Math.PI), cells};
}

/** @returns NaN of nothing */
function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}
