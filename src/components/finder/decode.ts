import {DIRECTIONS, forEachWithin} from "./star.js";
import type {Star} from "./star.js";

/** What the network tells apart, in the order of its outputs. */
export const NETWORK_KINDS = ["red", "white", "platelet", "clump"] as const;

/** Channels of the network's output: nearness to a centre, distances, kinds. */
export const CHANNELS = 1 + DIRECTIONS + NETWORK_KINDS.length;
/** Pixels of the network's picture from one output to the next. */
export const STRIDE = 2;
/** Pixels that an output of 1 stands for among the distances. */
const RADIUS = 14;
/** Least nearness to a centre, 0 to 1, of what counts as found. */
const LEAST = 0.55;
/** Of two things of which one covers more than this share of the smaller, the less certain goes. */
const MOST_COVERED = 0.6;

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

/**
 * The things that the maps tell of: where nearness is largest among its neighbours, surest first; of those that cover
 * one another the surest stays.
 * @param options.least nearness from which on something counts as found
 */
export function thingsIn(maps: Maps, {least = LEAST}: {least?: number} = {}): Thing[] {
  const {width, height} = maps;
  const owners = new Int32Array(width * height).fill(-1);
  const areas: number[] = [];
  const things: Thing[] = [];
  for (const candidate of candidatesIn(maps, least)) {
    const pixels: number[] = [];
    const grid = {
      x: (candidate.x - 0.5) / STRIDE + 0.5,
      y: (candidate.y - 0.5) / STRIDE + 0.5,
      radii: candidate.radii.map((radius) => radius / STRIDE)
    };
    forEachWithin(grid, {left: 0, top: 0, right: width, bottom: height}, (column, row) =>
      pixels.push(row * width + column)
    );
    const covered = new Map<number, number>();
    for (const pixel of pixels) {
      const owner = owners[pixel]!;
      if (owner >= 0) covered.set(owner, (covered.get(owner) ?? 0) + 1);
    }
    const isCovered = [...covered].some(
      ([owner, count]) => count > MOST_COVERED * Math.min(pixels.length, areas[owner]!)
    );
    if (isCovered || pixels.length === 0) continue;
    for (const pixel of pixels) if (owners[pixel]! < 0) owners[pixel] = things.length;
    areas.push(pixels.length);
    things.push(candidate);
  }
  return things;
}

function candidatesIn({data, width, height}: Maps, least: number): Thing[] {
  const at = (row: number, column: number) =>
    row < 0 || column < 0 || row >= height || column >= width ? -Infinity : data[(row * width + column) * CHANNELS]!;
  const bar = Math.log(least / (1 - least));
  const found: Thing[] = [];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const value = at(row, column);
      if (value < bar) continue;
      let isTop = true;
      for (let dy = -1; dy <= 1 && isTop; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const other = at(row + dy, column + dx);
          // Of equals the first counts.
          if (other > value || (other === value && (dy < 0 || (dy === 0 && dx < 0)))) isTop = false;
        }
      }
      if (isTop) found.push(thingAt({data, width, height}, row, column));
    }
  }
  return found.sort((a, b) => b.certainty - a.certainty);
}

function thingAt({data, width}: Maps, row: number, column: number): Thing {
  const from = (row * width + column) * CHANNELS;
  const radii = data.slice(from + 1, from + 1 + DIRECTIONS).map((value) => Math.max(1, value * RADIUS));
  const logitOf = (kind: (typeof NETWORK_KINDS)[number]) => data[from + 1 + DIRECTIONS + NETWORK_KINDS.indexOf(kind)]!;
  const [red, white, platelet] = [logitOf("red"), logitOf("white"), logitOf("platelet")];
  const kind = white > Math.max(red, platelet) + SURELY ? "white" : platelet > red + SURELY ? "platelet" : "red";
  const place = {x: column * STRIDE + 0.5, y: row * STRIDE + 0.5};
  return {...place, radii, kind, certainty: logistic(data[from]!), otherness: Math.max(white, platelet) - red};
}
