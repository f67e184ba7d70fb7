import {cellCount, cellsPerSheet} from "./cells.js";

/** How many thumbnail sheets hold second copies of the cells at the head of the shuffled order. */
export const sampleSheets = 2;
/** How many cells these are. */
export const sampleCount = sampleSheets * cellsPerSheet;

/** Numbers in [0, 1) by the minimal standard generator (Park and Miller 1988), the same in Node and every browser. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}

/** Shuffles in place (Fisher and Yates). */
function shuffle(values: Uint32Array, random: () => number): Uint32Array {
  for (let last = values.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [values[last], values[other]] = [values[other]!, values[last]!];
  }
  return values;
}

/** The orders that were drawn already, by count and seed. */
const drawn = new Map<string, Uint32Array>();

/**
 * All cells in an order drawn from a seed. The first {@link sampleCount} are drawn from the whole set, and have thumbnails
 * on sheets of their own; the others follow sheet by sheet, the sheets and the cells within each shuffled, so that a
 * screen of them takes few sheets.
 *
 * @returns an array of the caller's own
 */
export function shuffledCells(count = cellCount, seed = 1): Uint32Array {
  const key = `${count},${seed}`;
  const known = drawn.get(key) ?? drawOrder(count, randomOf(seed));
  drawn.set(key, known);
  return known.slice();
}

function drawOrder(count: number, random: () => number): Uint32Array {
  const all = shuffle(placesTo(count), random);
  const sample = Math.min(count, sampleCount);
  const rest = all.subarray(sample);
  const sheets = Math.ceil(count / cellsPerSheet);
  const sheetOf = (cell: number) => Math.floor(cell / cellsPerSheet);
  const sizes = new Uint32Array(sheets);
  for (const cell of rest) sizes[sheetOf(cell)]!++;
  const next = new Uint32Array(sheets);
  let place = sample;
  for (const sheet of shuffle(placesTo(sheets), random)) {
    next[sheet] = place;
    place += sizes[sheet]!;
  }
  const order = all.slice();
  for (const cell of rest) order[next[sheetOf(cell)]!++] = cell;
  return order;
}

/** 0, 1, … up to `count`. */
function placesTo(count: number): Uint32Array {
  return new Uint32Array(count).map((_, place) => place);
}
