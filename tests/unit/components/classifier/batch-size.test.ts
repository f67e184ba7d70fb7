import {describe, expect, test} from "vitest";
import {createBatchSize} from "../../../../src/components/classifier/batch-size.js";
import {filesAhead} from "../../../../src/components/classifier/lane.js";
import {BATCH} from "../../../../src/components/engine/engine.js";

/** The sizes that are computed while many cells wait, on a device that takes so long for one cell and for a batch. */
function sizesOn(single: number, batch: number, count = 8): number[] {
  const size = createBatchSize();
  return Array.from({length: count}, () => {
    const next = size.next(100);
    size.tell(next, next === 1 ? single : batch);
    return next;
  });
}

describe("the size of a batch", () => {
  test("is tried after a single cell, and kept where a cell then takes less", () => {
    expect(sizesOn(10, 40)).toEqual([1, ...Array(7).fill(BATCH)]);
  });

  test("is given up where a cell takes as long as alone, after the shaders' compilation and two that are timed", () => {
    expect(sizesOn(10, 80)).toEqual([1, BATCH, BATCH, BATCH, 1, 1, 1, 1]);
  });

  test("is one where a batch would keep a question waiting", () => {
    expect(sizesOn(200, 10)).toEqual(Array(8).fill(1));
  });

  test("is not judged by the first batch, which compiles shaders", () => {
    const size = createBatchSize();
    size.tell(1, 10);
    size.tell(BATCH, 5000);
    for (let n = 0; n < 2; n++) size.tell(BATCH, 40);
    expect(size.next(BATCH)).toBe(BATCH);
    expect(size.next(BATCH - 1)).toBe(1);
  });
});

test("three batches are under way, on slow devices one file more than is computed", () => {
  expect([1, 125, 126, 600, NaN].map(filesAhead)).toEqual([24, 24, 2, 2, 2]);
});
