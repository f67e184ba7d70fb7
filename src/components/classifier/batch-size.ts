import {BATCH, LONGEST_BATCH} from "../engine/engine.js";

/** Share of a single cell's time that a cell in a batch must stay below. */
const GAIN = 0.95;
/** Batches that are timed; one more before them compiles a graphics card's shaders for their size. */
const TIMED = 2;

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
      if (ready < BATCH || best.single * BATCH > LONGEST_BATCH) return 1;
      return batches <= TIMED || best.each < best.single * GAIN ? BATCH : 1;
    },
    tell(count, milliseconds) {
      if (count === 1) best.single = Math.min(best.single, milliseconds);
      else if (batches++ > 0) best.each = Math.min(best.each, milliseconds / count);
    }
  };
}
