import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {openHandOver} from "../../../../src/components/keep/hand-over.js";

/** What lies in the browser, by key; null where it keeps nothing. */
let kept: Map<string, unknown> | null;

vi.mock("idb-keyval", () => {
  const within = () => {
    if (!kept) throw new DOMException("refused", "InvalidStateError");
    return kept;
  };
  return {
    createStore: () => null,
    get: async (key: string) => within().get(key),
    set: async (key: string, value: unknown) => void within().set(key, value),
    del: async (key: string) => void within().delete(key)
  };
});

beforeEach(() => {
  kept = new Map();
  vi.useFakeTimers({toFake: ["Date"]});
});
afterEach(() => void vi.useRealTimers());

const file = new File(["a"], "field.jpg");

test("a file that is given is taken once, by whatever page comes next", async () => {
  expect(await openHandOver().take()).toBeNull();
  await openHandOver().give(file);
  expect(await openHandOver().take()).toBe(file);
  expect(await openHandOver().take()).toBeNull();
  expect(kept!.size).toBe(0);
});

test("of two that are given the later is taken, and none that nobody waits for any more", async () => {
  await openHandOver().give(file);
  const later = new File(["b"], "later.jpg");
  await openHandOver().give(later);
  expect(await openHandOver().take()).toBe(later);
  await openHandOver().give(file);
  vi.setSystemTime(Date.now() + 120_000);
  expect(await openHandOver().take()).toBeNull();
});

test("a browser that keeps nothing says so to the one who gives, and has nothing to take", async () => {
  kept = null;
  await expect(openHandOver().give(file)).rejects.toThrow("refused");
  expect(await openHandOver().take()).toBeNull();
});
