// @vitest-environment jsdom
import {expect, test} from "vitest";
import {KEYS, actOf, keyName} from "../../../../src/components/smear/keys.js";
import {element} from "../../../../src/components/ui/element.js";

function press(on: HTMLElement, key: string, more: KeyboardEventInit = {}) {
  document.body.replaceChildren(on);
  let act: ReturnType<typeof actOf> | undefined;
  on.addEventListener("keydown", (event) => (act = actOf(event)), {once: true});
  on.dispatchEvent(new window.KeyboardEvent("keydown", {key, bubbles: true, ...more}));
  return act;
}

test("every key does one thing", () => {
  const keys = Object.values(KEYS).flatMap(({keys: own}) => [...own]);
  expect(new Set(keys).size).toBe(keys.length);
  const button = element("button");
  expect(["j", "ArrowDown", "k", "c", "x", "n", "u", "r", "q"].map((key) => press(button, key))).toEqual([
    ...["next", "next", "previous", "parasitized", "uninfected", "none", "undo", "redo"],
    null
  ]);
});

test("keys are left to fields of text, and to the browser", () => {
  expect(press(element("input"), "c")).toBeNull();
  expect(press(element("textarea"), "n")).toBeNull();
  expect(press(element("button"), "c", {ctrlKey: true})).toBeNull();
  expect(press(element("button"), "x", {metaKey: true})).toBeNull();
});

test("keys are written as they are printed", () => {
  expect(["c", "ArrowDown", "ArrowUp"].map(keyName)).toEqual(["C", "↓", "↑"]);
});
