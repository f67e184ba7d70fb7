import {afterEach, beforeEach, describe, expect, test, vi} from "vitest";
import {
  MAX_BYTES,
  MAX_PIXELS,
  checkBytes,
  checkPixels,
  createBudget,
  mostPixels,
  setLimits,
  withTimeout
} from "../../../../src/components/formats/limits.js";

test("files are taken up to the limit, and refused above it with both figures", () => {
  expect(() => checkBytes(MAX_BYTES)).not.toThrow();
  expect(() => checkBytes(34_000_000)).toThrow("This file has 34 MB; the limit is 20 MB. Crop it to a single cell.");
});

test("pictures are taken up to 25 megapixels", () => {
  expect(() => checkPixels({width: 5000, height: 5000})).not.toThrow();
  expect(() => checkPixels({width: 5001, height: 5000})).toThrow("5,001 × 5,000");
  expect(() => checkPixels({width: 0xffffffff, height: 0xffffffff})).toThrow("25 million");
});

test("both limits can be others for all of a thread, with other advice", () => {
  setLimits({bytes: 60_000_000, pixels: 48_000_000, advice: "Reduce it."});
  try {
    expect(() => checkBytes(60_000_000)).not.toThrow();
    expect(() => checkPixels({width: 8000, height: 6000})).not.toThrow();
    expect(() => checkBytes(61_000_000)).toThrow("This file has 61 MB; the limit is 60 MB. Reduce it.");
    expect(() => checkPixels({width: 10_000, height: 6000})).toThrow(/the limit is 48 million\. Reduce it\.$/);
    expect(mostPixels()).toBe(48_000_000);
  } finally {
    setLimits({bytes: MAX_BYTES, pixels: MAX_PIXELS, advice: "Crop it to a single cell."});
  }
});

const settle = () => new Promise((resolve) => setTimeout(resolve));

/** A task that says that it runs, and ends when it is told to. */
function held(started: () => void) {
  let end!: () => void;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const task = async () => {
    started();
    await ended;
  };
  return {task, end};
}

test("lets in what there is room for, in the order of asking", async () => {
  const budget = createBudget(10);
  const entered: number[] = [];
  const tasks = [4, 6, 5, 1].map((amount) => ({amount, ...held(() => entered.push(amount))}));
  for (const {amount, task} of tasks) void budget.hold(amount, task);
  await settle();
  expect(entered).toEqual([4, 6]);
  tasks[0]!.end();
  await settle();
  expect(entered).toEqual([4, 6]);
  tasks[1]!.end();
  await settle();
  expect(entered).toEqual([4, 6, 5, 1]);
});

test("what exceeds the limit is let in alone, and nothing passes it by", async () => {
  const budget = createBudget(10);
  const entered: string[] = [];
  const [small, large, later] = ["small", "large", "later"].map((name) => held(() => entered.push(name)));
  void budget.hold(1, small!.task);
  void budget.hold(99, large!.task);
  void budget.hold(1, later!.task);
  await settle();
  expect(entered).toEqual(["small"]);
  small!.end();
  await settle();
  expect(entered).toEqual(["small", "large"]);
  large!.end();
  await settle();
  expect(entered).toEqual(["small", "large", "later"]);
});

test("a task that fails gives back what it held, and the caller its error", async () => {
  const budget = createBudget(10);
  await expect(budget.hold(10, () => Promise.reject(new Error("damaged")))).rejects.toThrow("damaged");
  expect(await budget.hold(10, async () => "next")).toBe("next");
});

describe("withTimeout", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("passes the promise's result or error on, and leaves no timer", async () => {
    await expect(withTimeout(Promise.resolve(1), 100, () => new Error("late"))).resolves.toBe(1);
    await expect(withTimeout(Promise.reject(new Error("own")), 100, () => new Error("late"))).rejects.toThrow("own");
    expect(vi.getTimerCount()).toBe(0);
  });

  test("rejects with the given reason when nothing comes in time", async () => {
    const limited = expect(withTimeout(new Promise(() => {}), 100, () => new Error("late"))).rejects.toThrow("late");
    await vi.advanceTimersByTimeAsync(100);
    await limited;
  });
});
