import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {axesOf} from "../../../../src/components/explorer/axes.js";
import {cellsDrawer} from "../../../../src/components/explorer/cells-drawer.js";
import type {Current} from "../../../../src/components/explorer/current.js";
import {everything} from "../../../../src/components/explorer/selection.js";
import type {Selection} from "../../../../src/components/explorer/selection.js";
import {element} from "../../../../src/components/ui/element.js";
import {cells} from "./support.js";

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      disconnect() {}
    }
  );
  vi.stubGlobal("matchMedia", () => new EventTarget());
  vi.stubGlobal("scrollBy", vi.fn());
  // jsdom has no canvas to draw on.
  vi.stubGlobal("requestAnimationFrame", () => 1);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

const score = Float64Array.from({length: cells.count}, (_, cell) => ((cell * 7919) % 1000) / 1000);
const scores = {network: score, colour: score};
const found = axesOf(cells, scores);
const axes = Object.fromEntries(Object.entries(found).map(([name, {axis}]) => [name, axis])) as never;

function make() {
  const detail = {node: element("div", {class: "gallery-panel"})};
  const home = element("div", detail.node);
  const open = vi.fn();
  const pictures = {place: () => [], load: () => Promise.reject(new Error("no pictures here"))};
  const docked = cellsDrawer(cells, {pictures, score, axes, detail, home, open});
  const clicked = element("section", element("table"));
  document.body.append(home, clicked, docked.node);
  const update = (change: Partial<Selection>, shown: number[]) =>
    docked.update(
      {
        selection: {...everything, sort: "shuffled", cell: -1, ...change} as Selection,
        shown: Uint32Array.from(shown)
      } as Current,
      true
    );
  return {docked, detail, home, open, clicked, update};
}

test("a click opens it with the cells that are left, the most wrong first; the opened cell moves into it", () => {
  const {docked, detail, home, clicked, update, open} = make();
  update({label: "parasitized"}, [0, 1, 2, 3]);
  expect(docked.node.hidden).toBe(true);
  expect(docked.node.querySelector(".gallery")).toBeNull();
  docked.openBeside(clicked);
  vi.runAllTimers();
  expect(docked.node.hidden).toBe(false);
  expect(docked.node.querySelector("[data-testid=found]")!.textContent).toBe("parasitized: 4 of 27,558 cells");
  expect(docked.node.contains(detail.node)).toBe(true);
  const most = [0, 1, 2, 3].sort(
    (a, b) => (cells.label[b] ? score[b]! : 1 - score[b]!) - (cells.label[a] ? score[a]! : 1 - score[a]!)
  );
  docked.node.querySelector(".gallery-view")!.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter"}));
  expect(open).toHaveBeenLastCalledWith(most[0], false);
  update({label: "parasitized", cell: most[0]!}, [0, 1, 2, 3]);
  vi.runAllTimers();
  detail.node.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight", bubbles: true}));
  expect(open).toHaveBeenLastCalledWith(most[1], true);
  expect(docked.focusCell()).toBe(true);
  docked.node.querySelector<HTMLElement>("[aria-label='Close the cells']")!.click();
  expect([docked.node.hidden, home.contains(detail.node), docked.focusCell()]).toEqual([true, true, false]);
  docked.dispose!();
});

test("a reader's own order is kept, and without a filter there is nothing to open", () => {
  const {docked, clicked, update, open} = make();
  update({}, [3, 1, 2]);
  docked.openBeside(clicked);
  expect(docked.node.hidden).toBe(true);
  update({sort: "name", disputed: "yes"}, [3, 1, 2]);
  docked.openBeside(clicked);
  vi.runAllTimers();
  docked.node.querySelector(".gallery-view")!.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter"}));
  expect(open).toHaveBeenLastCalledWith(3, false);
  update({}, [3, 1, 2]);
  expect(docked.node.hidden).toBe(true);
  docked.dispose!();
});
