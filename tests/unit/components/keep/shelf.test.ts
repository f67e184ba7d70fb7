import {afterEach, expect, test, vi} from "vitest";
import {openShelf} from "../../../../src/components/keep/shelf.js";

afterEach(() => vi.unstubAllGlobals());

/** Locks that are granted late, as on a busy device, and of which one name may be held elsewhere for good. */
function stubLocks({late = 0, isHeld = false}: {late?: number; isHeld?: boolean}) {
  const request = vi.fn(async (_: string, options: LockOptions, hold: (lock: Lock | null) => unknown) => {
    await new Promise((resolve) => setTimeout(resolve, late));
    if (options.signal?.aborted) throw options.signal.reason;
    if (!isHeld) return hold({name: "shelf", mode: "exclusive"});
    if (options.ifAvailable) return hold(null);
    await new Promise((_, reject) => options.signal!.addEventListener("abort", () => reject(new Error("Late."))));
  });
  vi.stubGlobal("navigator", {locks: {request}});
  return request;
}

test("a free shelf is taken, however late a busy device says so", async () => {
  const request = stubLocks({late: 400});
  expect(await openShelf("shelf").claim()).toBe(true);
  expect(request).toHaveBeenCalledTimes(1);
});

test("one that another tab holds is not, after a while", async () => {
  const request = stubLocks({isHeld: true});
  expect(await openShelf("shelf").claim()).toBe(false);
  expect(request).toHaveBeenCalledTimes(2);
});

test("where there are no locks it is free", async () => {
  vi.stubGlobal("navigator", {});
  expect(await openShelf("shelf").claim()).toBe(true);
});
