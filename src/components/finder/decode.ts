import {cornersOf, DIRECTIONS, extentOf, forEachWithin, moved, STEPS} from "./star.js";
import type {Star} from "./star.js";

/** What the network tells apart, in the order of its outputs. */
export const NETWORK_KINDS = ["red", "white", "platelet", "clump"] as const;

/** Channels of the network's output: nearness to a centre, distances, kinds. */
export const CHANNELS = 1 + DIRECTIONS + NETWORK_KINDS.length;
/** Pixels of the network's picture from one output to the next. */
export const STRIDE = 2;
/** What a pixel's middle, which lies at a half, is moved by from the network's picture to its output. */
const HALF_OFF = 0.5 - 0.5 / STRIDE;
/** Pixels that an output of 1 stands for among the distances. */
const RADIUS = 14;
/** Least nearness to a centre, 0 to 1, of a pixel that has a vote, and of the surest vote for a thing. */
const [VOTING, LEAST] = [0.3, 0.6];
/** Votes are for one thing whose rectangles overlap by this, and whose middles lie nearer than this share of its radius. */
const [AGREED, NEAR] = [0.7, 0.3];
/** Least support of a thing: the nearness of all pixels that vote for it over the number that its outline holds. */
const SUPPORTED = 0.1;
/** Of a thing of which earlier ones cover more than this share, or that covers as much of one of them, nothing is new … */
const MOST_COVERED = 0.8;
/** … nor of one whose middle lies nearer to an earlier one's than this share of the smaller diameter: one cell has two outlines. */
const APART = 0.25;

/**
 * By so much the logit of another kind must exceed a red cell's: what is taken for a white cell is not judged, and a late
 * parasite looks like one. Clumps are told by their outlines, since dark and spiny cells look like clumps to the network.
 */
const SURELY = 1.5;

/** Something found in the network's picture: its outline there, what it is, and how sure the network is, 0 to 1. */
export interface Thing extends Star {
  kind: "red" | "white" | "platelet";
  certainty: number;
  /** The logit by which it is a white cell or a platelet rather than a red cell. */
  otherness: number;
}

/** The network's output: `height` × `width` × {@link CHANNELS} values, row by row. */
export interface Maps {
  data: Float32Array;
  width: number;
  height: number;
}

const logistic = (value: number) => 1 / (1 + Math.exp(-value));

/** What the pixels near a centre say of the things around them, a vote each: flat, since there are tens of thousands. */
interface Votes {
  /** Places of the pixels in the maps, and for each place the number of its vote; −1 where there is none. */
  places: number[];
  numbers: Int32Array;
  nearness: Float32Array;
  /** Rectangles around the outlines, in pixels of the maps: left, top, right, bottom. */
  extents: Float32Array;
  /** Pixels that the outlines hold. */
  sizes: Float32Array;
}

/**
 * The things that the maps tell of, best supported first. Each pixel near a centre votes for the outline that it tells;
 * those that agree are one thing, whose outline is the surest one's. Where cells lie on one another nearness has a single
 * top for two of them, but the pixels on its sides tell two outlines. Of a thing that earlier ones all but cover nothing is
 * new.
 */
export function thingsIn(maps: Maps): Thing[] {
  const votes = votesIn(maps);
  const {places, numbers, nearness, sizes} = votes;
  const supportOf = (vote: number, voters: readonly number[]) =>
    voters.reduce((total, voter) => total + nearness[voter]!, 0) / sizes[vote]!;
  const support = places.map((_, vote) => supportOf(vote, votersOf(vote, votes, maps)));
  const things: Thing[] = [];
  for (const vote of [...places.keys()].sort((one, other) => support[other]! - support[one]!)) {
    if (support[vote]! < SUPPORTED) break;
    if (numbers[places[vote]!]! < 0) continue;
    const voters = votersOf(vote, votes, maps);
    if (supportOf(vote, voters) < SUPPORTED) continue;
    for (const voter of voters) numbers[places[voter]!] = -1;
    const surest = voters.reduce((best, voter) => (nearness[voter]! > nearness[best]! ? voter : best));
    if (nearness[surest]! >= LEAST) things.push(thingAt(maps, places[surest]!));
  }
  return uncovered(things, maps);
}

function votesIn(maps: Maps): Votes {
  const {data, width, height} = maps;
  const numbers = new Int32Array(width * height).fill(-1);
  const places: number[] = [];
  const bar = Math.log(VOTING / (1 - VOTING));
  for (let place = 0; place < width * height; place++)
    if (data[place * CHANNELS]! >= bar) numbers[place] = places.push(place) - 1;
  const nearness = Float32Array.from(places, (place) => logistic(data[place * CHANNELS]!));
  const extents = new Float32Array(4 * places.length);
  const sizes = new Float32Array(places.length);
  places.forEach((place, vote) => {
    const [column, row, from] = [place % width, Math.floor(place / width), place * CHANNELS + 1];
    const extent = [Infinity, Infinity, -Infinity, -Infinity] as Sides;
    let before = reachAt(data, from + DIRECTIONS - 1) / STRIDE;
    for (let n = 0; n < DIRECTIONS; n++) {
      const reach = reachAt(data, from + n) / STRIDE;
      const [x, y] = [column + reach * STEPS[n]![0], row + reach * STEPS[n]![1]];
      extent[0] = Math.min(extent[0], x);
      extent[1] = Math.min(extent[1], y);
      extent[2] = Math.max(extent[2], x);
      extent[3] = Math.max(extent[3], y);
      sizes[vote]! += before * reach * WEDGE;
      before = reach;
    }
    extents.set(extent, 4 * vote);
  });
  return {places, numbers, nearness, extents, sizes};
}

/** How far an output says that a thing reaches, in pixels of the network's picture. */
const reachAt = (data: Float32Array, at: number) => Math.max(1, data[at]! * RADIUS);

/** Area of the triangle between a centre and two neighbouring corners, each 1 from it. */
const WEDGE = Math.sin((2 * Math.PI) / DIRECTIONS) / 2;

/** The votes left within a vote's rectangle, its own among them, that agree with it. */
function votersOf(vote: number, {numbers, extents, sizes}: Votes, {width, height}: Maps): number[] {
  const voters: number[] = [];
  const [left, top, right, bottom] = extents.subarray(4 * vote, 4 * vote + 4) as unknown as Sides;
  const own = (right - left) * (bottom - top);
  const twiceNear = 2 * NEAR * Math.sqrt(sizes[vote]! / Math.PI);
  const [lastColumn, lastRow] = [Math.min(width, right), Math.min(height, bottom)];
  for (let row = Math.max(0, Math.floor(top)); row < lastRow; row++) {
    for (let column = Math.max(0, Math.floor(left)); column < lastColumn; column++) {
      const voter = numbers[row * width + column]!;
      if (voter < 0) continue;
      const at = 4 * voter;
      const [l, t, r, b] = [extents[at]!, extents[at + 1]!, extents[at + 2]!, extents[at + 3]!];
      if (Math.abs(l + r - left - right) > twiceNear || Math.abs(t + b - top - bottom) > twiceNear) continue;
      const both = (Math.min(r, right) - Math.max(l, left)) * (Math.min(b, bottom) - Math.max(t, top));
      if (both >= AGREED * (own + (r - l) * (b - t) - both)) voters.push(voter);
    }
  }
  return voters;
}

/** Left, top, right and bottom. */
type Sides = [number, number, number, number];

/** The things of which something is new, in their order. */
function uncovered(things: readonly Thing[], {width, height}: Maps): Thing[] {
  const owners = new Int32Array(width * height).fill(-1);
  const kept: {x: number; y: number; size: number}[] = [];
  return things.filter((thing) => {
    const pixels: number[] = [];
    const grid = moved(thing, {scale: 1 / STRIDE, across: HALF_OFF, down: HALF_OFF});
    const all = {left: 0, top: 0, right: width, bottom: height};
    forEachWithin(grid, all, (column, row) => pixels.push(row * width + column));
    const shared = new Map<number, number>();
    let covered = 0;
    for (const pixel of pixels) {
      const owner = owners[pixel]!;
      if (owner < 0) continue;
      covered++;
      shared.set(owner, (shared.get(owner) ?? 0) + 1);
    }
    const {left, top, right, bottom} = extentOf(cornersOf(grid));
    const own = {x: (left + right) / 2, y: (top + bottom) / 2, size: pixels.length};
    const isNew =
      own.size > 0 &&
      covered <= MOST_COVERED * own.size &&
      [...shared].every(([owner, count]) => {
        const other = kept[owner]!;
        const diameter = 2 * Math.sqrt(Math.min(own.size, other.size) / Math.PI);
        return count <= MOST_COVERED * other.size && Math.hypot(own.x - other.x, own.y - other.y) >= APART * diameter;
      });
    if (!isNew) return false;
    for (const pixel of pixels) if (owners[pixel]! < 0) owners[pixel] = kept.length;
    kept.push(own);
    return true;
  });
}

function thingAt({data, width}: Maps, pixel: number): Thing {
  const from = pixel * CHANNELS;
  const radii = Float32Array.from({length: DIRECTIONS}, (_, n) => reachAt(data, from + 1 + n));
  const logitOf = (kind: (typeof NETWORK_KINDS)[number]) => data[from + 1 + DIRECTIONS + NETWORK_KINDS.indexOf(kind)]!;
  const [red, white, platelet] = [logitOf("red"), logitOf("white"), logitOf("platelet")];
  const kind = white > Math.max(red, platelet) + SURELY ? "white" : platelet > red + SURELY ? "platelet" : "red";
  const place = {x: (pixel % width) * STRIDE + 0.5, y: Math.floor(pixel / width) * STRIDE + 0.5};
  return {...place, radii, kind, certainty: logistic(data[from]!), otherness: Math.max(white, platelet) - red};
}
