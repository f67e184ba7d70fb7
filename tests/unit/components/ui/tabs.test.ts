import {afterEach, expect, test, vi} from "vitest";
import {element} from "../../../../src/components/ui/element.js";
import {tabs} from "../../../../src/components/ui/tabs.js";
import {watchPrint} from "../../../../src/components/ui/view.js";

afterEach(() => document.body.replaceChildren());

function make() {
  const panels = ["one", "two", "three"].map((name) => element("section", `about ${name}`));
  const list = panels.map((panel, i) => ({name: ["one", "two", "three"][i]!, title: `Part ${i + 1}`, panel}));
  const choose = vi.fn((name: string) => made.show(name));
  const made = tabs("Parts", list, choose);
  document.body.append(made.node, ...panels);
  made.show("two");
  const buttons = [...made.node.children] as HTMLButtonElement[];
  const press = (key: string) => made.node.dispatchEvent(new KeyboardEvent("keydown", {key, cancelable: true}));
  return {...made, panels, buttons, choose, press};
}

test("one part is shown, named by its tab, which is the one stop of the Tab key", () => {
  const {panels, buttons, node, dispose} = make();
  expect(node.getAttribute("role")).toBe("tablist");
  expect(panels.map(({hidden}) => hidden)).toEqual([true, false, true]);
  expect(buttons.map(({tabIndex}) => tabIndex)).toEqual([-1, 0, -1]);
  expect(buttons.map((button) => button.getAttribute("aria-selected"))).toEqual(["false", "true", "false"]);
  for (const [i, panel] of panels.entries()) {
    expect(buttons[i]!.getAttribute("aria-controls")).toBe(panel.id);
    expect(document.getElementById(panel.getAttribute("aria-labelledby")!)).toBe(buttons[i]);
    expect(panel.querySelector("h2")!.textContent).toBe(`Part ${i + 1}`);
  }
  dispose();
});

test("a press and the arrow keys go from part to part, round the ends", () => {
  const {buttons, choose, press, dispose} = make();
  buttons[2]!.click();
  for (const key of ["ArrowRight", "ArrowLeft", "Home", "End", "x"]) press(key);
  expect(choose.mock.calls.flat()).toEqual(["three", "one", "three", "one", "three"]);
  expect(document.activeElement).toBe(buttons[2]);
  dispose();
});

test("all parts are there while the page is printed, before others draw what they hold", () => {
  let panels: HTMLElement[] = [];
  let seen: unknown[] = [];
  const stop = watchPrint("draw", () => (seen = panels.map(({hidden}) => hidden)));
  const {dispose, ...made} = make();
  panels = made.panels;
  window.dispatchEvent(new Event("beforeprint"));
  expect(seen).toEqual([false, false, false]);
  window.dispatchEvent(new Event("afterprint"));
  expect(panels.map(({hidden}) => hidden)).toEqual([true, false, true]);
  dispose();
  window.dispatchEvent(new Event("beforeprint"));
  expect(panels.map(({hidden}) => hidden)).toEqual([true, false, true]);
  stop();
});
