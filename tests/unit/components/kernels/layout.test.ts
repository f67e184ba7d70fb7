import {describe, expect, test} from "vitest";
import {createLayout, lastReads} from "../../../../src/components/kernels/layout.js";

describe("createLayout", () => {
  test("gives each its own place, and what was released to the next that fits", () => {
    const layout = createLayout();
    const [kept, small, large] = [layout.keep(10), layout.take(16), layout.take(100)];
    expect(new Set([kept, small, large]).size).toBe(3);
    expect([kept, small, large].every((address) => address % 64 === 0 && address > 0)).toBe(true);
    const end = layout.bytes();
    expect(end).toBeGreaterThanOrEqual(large + 400);
    layout.release(large);
    layout.release(small);
    expect(layout.take(20)).toBe(large);
    expect(layout.take(12)).toBe(small);
    expect(layout.bytes()).toBe(end);
    expect(layout.take(1)).toBe(end);
    expect(layout.bytes()).toBeGreaterThan(end);
  });
});

test("lastReads tells what each step is the last to read", () => {
  expect(lastReads([["a"], ["b", "a"], ["b"], ["c", "c"], []])).toEqual([[], ["a"], ["b"], ["c"], []]);
});
