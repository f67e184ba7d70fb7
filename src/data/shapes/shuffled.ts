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

/**
 * All cells in an order drawn from a seed. The first {@link sampleCount} are drawn from the whole set, and have thumbnails
 * on sheets of their own; the others follow sheet by sheet, the sheets and the cells within each shuffled, so that a
 * screen of them takes few sheets.
 */
export function shuffledCells(count = cellCount, seed = 1): Uint32Array {
  const random = randomOf(seed);
  const all = shuffle(
    Uint32Array.from({length: count}, (_, i) => i),
    random
  );
  const sample = new Set(all.subarray(0, Math.min(count, sampleCount)));
  const sheets = Array.from({length: Math.ceil(count / cellsPerSheet)}, () => [] as number[]);
  for (const cell of all) if (!sample.has(cell)) sheets[Math.floor(cell / cellsPerSheet)]!.push(cell);
  const order = shuffle(
    Uint32Array.from(sheets, (_, i) => i),
    random
  );
  return Uint32Array.from([...sample, ...Array.from(order, (sheet) => sheets[sheet]!).flat()]);
}
