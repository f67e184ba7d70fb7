import {afterEach, expect, test, vi} from "vitest";
import {svgElement} from "../../../../src/components/ui/element.js";
import {liveFigure} from "../../../../src/components/ui/live-figure.js";

let resize: (width: number) => void = () => {};
class FakeObserver {
  constructor(callback: (entries: {contentRect: {width: number}}[]) => void) {
    resize = (width) => callback([{contentRect: {width}}]);
  }
  observe() {}
  disconnect() {}
}
vi.stubGlobal("ResizeObserver", FakeObserver);
afterEach(() => document.body.replaceChildren());

function make() {
  let count = 3;
  const draw = vi.fn(({width}: {width: number}) => svgElement("svg", {width, height: 10}));
  const made = liveFigure({
    name: "Cells",
    draw,
    download: () => `cells-${count}`,
    maxWidth: 300,
    finding: () => `There are ${count} cells`,
    caption: () => `Counted: ${count}.`,
    table: () => [{cells: count}]
  });
  return {...made, draw, resize, set: (next: number) => (count = next)};
}

test("it is drawn as wide as its place, not wider than it may be, and only when the width changes", () => {
  const {draw} = make();
  expect(draw).not.toHaveBeenCalled();
  for (const width of [200, 200.5, 500, 900]) resize(width);
  expect(draw.mock.calls).toEqual([[{width: 200}], [{width: 300}]]);
});

test("words, chart and an open table follow what changes", () => {
  const {node, redraw, adjust, draw, set} = make();
  resize(200);
  set(4);
  adjust((chart) => chart.setAttribute("data-mark", "4"));
  expect(draw).toHaveBeenCalledTimes(1);
  expect(node.querySelector("[data-mark='4']")).not.toBeNull();
  expect(node.querySelector("h3")!.textContent).toBe("There are 4 cells");
  expect(node.querySelector("figcaption")!.textContent).toBe("Counted: 4.");
  expect(node.querySelector("table")).toBeNull();
  node.querySelector("details")!.open = true;
  set(5);
  redraw();
  expect(draw).toHaveBeenCalledTimes(2);
  expect(node.querySelector("td, tbody th")!.textContent).toBe("5");
});

test("those below the window are drawn one after the other in later tasks, and not at all when they are gone by then", async () => {
  vi.useFakeTimers();
  const below = [make(), make(), make()].map((made) => {
    const place = made.node.querySelector(".chart-place")!;
    place.getBoundingClientRect = () => new DOMRect(0, innerHeight + 1, 200, 0);
    return made;
  });
  const counts = () => below.map(({draw}) => draw.mock.calls.length);
  for (const one of below) one.resize(200);
  expect(counts()).toEqual([0, 0, 0]);
  below[2]!.dispose();
  vi.advanceTimersToNextTimer();
  expect(counts()).toEqual([1, 0, 0]);
  vi.advanceTimersToNextTimer();
  expect(counts()).toEqual([1, 1, 0]);
  vi.runAllTimers();
  expect(counts()).toEqual([1, 1, 0]);
  below[0]!.resize(250);
  expect(counts()).toEqual([2, 1, 0]);
  vi.useRealTimers();
});

test("one that was never seen is drawn before the page is printed", () => {
  const {node, draw, dispose} = make();
  const place = node.querySelector(".chart-place")!;
  Object.defineProperty(place, "clientWidth", {value: 250});
  window.dispatchEvent(new Event("beforeprint"));
  expect(draw.mock.calls).toEqual([[{width: 250}]]);
  dispose();
  window.dispatchEvent(new Event("beforeprint"));
  expect(draw).toHaveBeenCalledTimes(1);
});

test("one that waits is not drawn, nor described, before it is drawn anew for the first time", () => {
  const draw = vi.fn(({width}: {width: number}) => svgElement("svg", {width, height: 10}));
  const caption = vi.fn(() => "Counted.");
  const {node, redraw} = liveFigure({name: "Cells", draw, caption, table: () => [], download: "cells", waits: true});
  resize(200);
  node.querySelector("details")!.dispatchEvent(new Event("toggle"));
  expect([draw.mock.calls.length, caption.mock.calls.length]).toEqual([0, 0]);
  redraw();
  expect(draw.mock.calls).toEqual([[{width: 200}]]);
  resize(250);
  expect(draw).toHaveBeenCalledTimes(2);
});
