import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {withTimeout} from "../../../../src/components/image/timeout.js";

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
