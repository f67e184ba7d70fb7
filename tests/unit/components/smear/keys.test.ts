// @vitest-environment jsdom
import {expect, test} from "vitest";
import {KEYS, actOf, keyName, marksView} from "../../../../src/components/smear/keys.js";
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

test("buttons do what the keys do, and are off where there is nothing to do", () => {
  const done: string[] = [];
  const {node, help, show} = marksView((name) => done.push(name));
  const buttons = [...node.querySelectorAll("button")];
  expect(buttons.map(({dataset}) => dataset.act).sort()).toEqual(Object.keys(KEYS).sort());
  const off = () => buttons.filter(({disabled}) => disabled).map(({dataset}) => dataset.act);
  show({done: [], undone: []}, false);
  expect(off()).toEqual(["parasitized", "uninfected", "none", "undo", "redo"]);
  const step = {type: "move", from: 0, to: 1} as const;
  show({done: [step], undone: []}, true);
  expect(off()).toEqual(["redo"]);
  node.querySelector<HTMLButtonElement>("[data-act=undo]")!.click();
  expect(done).toEqual(["undo"]);
  expect([...help.querySelectorAll("dd")].map(({textContent}) => textContent)).toContain("confirm: parasitized");
});
