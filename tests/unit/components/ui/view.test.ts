import {afterEach, expect, test, vi} from "vitest";
import {element} from "../../../../src/components/ui/element.js";
import {nodesOf, problemNotice, restingView, watchNear, watchScheme} from "../../../../src/components/ui/view.js";

afterEach(() => vi.unstubAllGlobals());

test("views give their nodes by their names", () => {
  const [first, second] = [element("p"), element("div")];
  expect(nodesOf({first: {node: first}, second: {node: second}})).toEqual({first, second});
});

test("a notice is there while something is wrong", () => {
  const {node, say} = problemNotice();
  expect(node.hidden).toBe(true);
  say("The address says size=x.");
  expect([node.hidden, node.textContent]).toEqual([false, "The address says size=x."]);
  say("");
  expect(node.hidden).toBe(true);
});

test("what comes near is told, until the watch ends", () => {
  let report: (entries: {isIntersecting: boolean}[]) => void = () => {};
  const [observe, disconnect] = [vi.fn(), vi.fn()];
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      observe = observe;
      disconnect = disconnect;
      constructor(callback: typeof report) {
        report = callback;
      }
    }
  );
  const told = vi.fn();
  const node = element("div");
  const end = watchNear(node, told);
  expect(observe).toHaveBeenCalledWith(node);
  report([{isIntersecting: true}]);
  report([{isIntersecting: false}]);
  expect(told.mock.calls).toEqual([[true], [false]]);
  window.dispatchEvent(new Event("beforeprint"));
  expect(told.mock.calls.length).toBe(3);
  expect(told).toHaveBeenLastCalledWith(true);
  end();
  window.dispatchEvent(new Event("beforeprint"));
  expect(told.mock.calls.length).toBe(3);
  expect(disconnect).toHaveBeenCalledOnce();
});

test("a change of scheme is told, until the watch ends", () => {
  const scheme = new EventTarget();
  vi.stubGlobal("matchMedia", () => scheme);
  const changed = vi.fn();
  const end = watchScheme(changed);
  scheme.dispatchEvent(new Event("change"));
  end();
  scheme.dispatchEvent(new Event("change"));
  expect(changed).toHaveBeenCalledOnce();
});

test("a resting view draws what is fresh at once, and the last of what is dragged once it rests", () => {
  vi.useFakeTimers();
  const [draw, mark] = [vi.fn(), vi.fn()];
  const view = restingView<number>(element("p"), draw, mark);
  view.update(1, true);
  expect(draw).toHaveBeenLastCalledWith(1);
  view.update(2, false);
  view.update(3, false);
  expect(draw).toHaveBeenCalledTimes(1);
  expect(mark.mock.calls.flat()).toEqual([1, 2, 3]);
  vi.runAllTimers();
  expect(draw.mock.calls.flat()).toEqual([1, 3]);
  view.update(4, false);
  view.dispose!();
  vi.runAllTimers();
  expect(draw).toHaveBeenCalledTimes(2);
  vi.useRealTimers();
});
