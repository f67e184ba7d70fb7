import {afterEach, expect, test, vi} from "vitest";
import {drawer} from "../../../../src/components/gallery/drawer.js";
import {element} from "../../../../src/components/ui/element.js";

afterEach(() => {
  document.body.replaceChildren();
  document.documentElement.className = "";
});

function make() {
  const close = vi.fn(() => made.show("nothing", false));
  const inside = element("button", "a cell");
  const outside = element("button", "a bar");
  const made = drawer(close, inside);
  document.body.append(outside, made.node);
  return {...made, close, inside, outside};
}
const hasRoom = () => document.documentElement.classList.contains("has-drawer");

test("it is there while it is open, and the page makes room for it", () => {
  const {node, show} = make();
  expect([node.hidden, hasRoom()]).toEqual([true, false]);
  show("3 cells", true);
  expect([node.hidden, hasRoom(), node.querySelector("h2")!.textContent]).toEqual([false, true, "3 cells"]);
  show("nothing", false);
  expect([node.hidden, hasRoom()]).toEqual([true, false]);
});

test("Escape and the button close it, and the focus goes back to where it was", () => {
  const {node, show, focus, close, inside, outside} = make();
  outside.focus();
  show("3 cells", true);
  focus(inside);
  expect(document.activeElement).toBe(inside);
  inside.dispatchEvent(new KeyboardEvent("keydown", {key: "Escape", bubbles: true}));
  expect(close).toHaveBeenCalledTimes(1);
  expect(document.activeElement).toBe(outside);
  show("3 cells", true);
  node.querySelector<HTMLElement>("[aria-label='Close the cells']")!.click();
  expect(close).toHaveBeenCalledTimes(2);
});
