import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {element} from "../../../../src/components/ui/element.js";
import {stagedViews} from "../../../../src/components/ui/staged-views.js";

let idle: ((deadline: Pick<IdleDeadline, "timeRemaining">) => void)[] = [];
beforeEach(() => {
  idle = [];
  vi.stubGlobal("requestIdleCallback", (callback: (typeof idle)[number]) => idle.push(callback));
  vi.stubGlobal("cancelIdleCallback", (handle: number) => (idle[handle - 1] = () => {}));
});
afterEach(() => vi.unstubAllGlobals());

/** Runs what waits for idle moments of some length, and what that asks for in turn; answers how many there were. */
function idleMoments(length = 0): number {
  let count = 0;
  for (; count < idle.length; count++) idle[count]!({timeRemaining: () => length});
  idle = [];
  return count;
}

function parts() {
  const told: string[] = [];
  const view = (name: string) => ({
    node: element("p"),
    update: (current: number, fresh: boolean) => told.push(`${name} ${current}${fresh ? " fresh" : ""}`),
    dispose: vi.fn()
  });
  const [bar, first, second, third] = [view("bar"), view("first"), view("second"), view("third")];
  return {told, bar, third, staged: stagedViews([bar], {one: [first], two: [second, third]})};
}

test("what is seen is shown at once, the rest one by one in idle moments", () => {
  const {told, staged} = parts();
  staged.update(1, true, "one");
  expect(told.splice(0)).toEqual(["bar 1 fresh", "first 1 fresh"]);
  expect(idleMoments()).toBe(2);
  expect(told).toEqual(["second 1 fresh", "third 1 fresh"]);
  staged.dispose();
});

test("a long idle moment is enough for all", () => {
  const {told, staged} = parts();
  staged.update(1, true, "one");
  told.splice(0);
  expect(idleMoments(50)).toBe(1);
  expect(told).toEqual(["second 1 fresh", "third 1 fresh"]);
  staged.dispose();
});

test("what waits is shown once, as it is at last, and does not forget that it was fresh", () => {
  const {told, staged} = parts();
  staged.update(1, true, "one");
  staged.update(2, false, "one");
  told.splice(0);
  idleMoments();
  expect(told).toEqual(["second 2 fresh", "third 2 fresh"]);
  staged.dispose();
});

test("a part that is shown, and a print, do not wait", () => {
  const {told, staged} = parts();
  staged.update(1, true, "one");
  told.splice(0);
  staged.update(2, false, "two");
  expect(told.splice(0)).toEqual(["bar 2", "second 2 fresh", "third 2 fresh"]);
  window.dispatchEvent(new Event("beforeprint"));
  expect(told.splice(0)).toEqual(["first 2"]);
  idleMoments();
  expect(told).toEqual([]);
  staged.dispose();
});

test("where idle moments are not told, the rest comes soon; nothing comes after the end", () => {
  vi.useFakeTimers();
  vi.stubGlobal("requestIdleCallback", undefined);
  const {told, third, staged} = parts();
  staged.update(1, true, "one");
  vi.advanceTimersByTime(1);
  expect(told).toContain("second 1 fresh");
  staged.dispose();
  vi.runAllTimers();
  expect(told).not.toContain("third 1 fresh");
  expect(third.dispose).toHaveBeenCalledOnce();
  vi.useRealTimers();
});
