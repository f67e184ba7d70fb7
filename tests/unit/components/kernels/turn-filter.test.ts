import {expect, test} from "vitest";
import {turnFilter} from "../../../../src/components/kernels/turn-filter.js";

test("turns the places of a filter and exchanges its channels", () => {
  // Two by two places of 1 → 3 channels; the hundreds are the place, the ones the channel.
  const filter = [1, 2, 3, 101, 102, 103, 201, 202, 203, 301, 302, 303];
  expect([...turnFilter(filter, [2, 2, 1, 3])]).toEqual([301, 302, 303, 201, 202, 203, 101, 102, 103, 1, 2, 3]);
  // One place of 2 → 2 channels becomes its transpose, and twice is the filter again.
  expect([...turnFilter([1, 2, 3, 4], [1, 1, 2, 2])]).toEqual([1, 3, 2, 4]);
  expect([...turnFilter(turnFilter(filter, [2, 2, 1, 3]), [2, 2, 3, 1])]).toEqual(filter);
});
