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
  await vi.advanceTimersByTimeAsync(200);
  await limited;
});

test("counts what came in time on a thread that was busy until the limit", async () => {
  vi.useRealTimers();
  const result = new Promise((resolve) => setTimeout(() => setTimeout(() => resolve("in time"))));
  const limited = withTimeout(result, 20, () => new Error("late"));
  for (const end = performance.now() + 40; performance.now() < end;);
  await expect(limited).resolves.toBe("in time");
});
