/** Cells that are computed together where that is quicker a cell. */
export const BATCH = 8;
/** Milliseconds that a batch may take: a person's question waits for it. */
const LONGEST = 1000;
/** Share of a single cell's time that a cell in a batch must stay below. */
const GAIN = 0.95;
/** Batches that are timed; one more before them compiles a graphics card's shaders for their size. */
const TIMED = 2;

/** How many files the worker has at once: those computed, those decoded and those read. One more on slow devices. */
export function filesAhead(milliseconds: number): number {
  return milliseconds * BATCH <= LONGEST ? 3 * BATCH : 2;
}

/** Sizes batches to the device, by what they take there. */
export interface BatchSize {
  /** @returns how many of the cells that are ready shall be computed now: one, or a batch */
  next(ready: number): number;
  /** Told what `count` cells took together. */
  tell(count: number, milliseconds: number): void;
}

/** Tries batches on the first cells that make one, and keeps to them where a cell then takes less time. */
export function createBatchSize(): BatchSize {
  const best = {single: Infinity, each: Infinity};
  let batches = 0;
  return {
    next(ready) {
      if (ready < BATCH || best.single * BATCH > LONGEST) return 1;
      return batches <= TIMED || best.each < best.single * GAIN ? BATCH : 1;
    },
    tell(count, milliseconds) {
      if (count === 1) best.single = Math.min(best.single, milliseconds);
      else if (batches++ > 0) best.each = Math.min(best.each, milliseconds / count);
    }
  };
}
