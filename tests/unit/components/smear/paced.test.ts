// @vitest-environment jsdom
import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {createPaced} from "../../../../src/components/smear/paced.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("what comes many times a second is shown a few times, the last of it too, and what a person does in the next frame", () => {
  const show = vi.fn();
  const {now, soon} = createPaced(show);
  soon();
  vi.advanceTimersByTime(20);
  expect(show).toHaveBeenCalledTimes(1);
  for (let times = 0; times < 500; times++) {
    soon();
    vi.advanceTimersByTime(2);
  }
  expect(show.mock.calls.length).toBeGreaterThan(3);
  expect(show.mock.calls.length).toBeLessThan(8);
  soon();
  now();
  show.mockClear();
  vi.advanceTimersByTime(20);
  expect(show).toHaveBeenCalledTimes(1);
  // Nothing is shown twice, and nothing without a reason.
  vi.advanceTimersByTime(2000);
  expect(show).toHaveBeenCalledTimes(1);
  soon();
  vi.advanceTimersByTime(1000);
  expect(show).toHaveBeenCalledTimes(2);
});
