import {expect, test} from "vitest";
import {tooltip} from "../../../../src/components/ui/tooltip.js";

test("is shown on a press and hidden by the next, by Escape and when the focus goes; it describes its words", () => {
  const root = tooltip("▲ outside", "No single cell fills this picture.");
  document.body.replaceChildren(root);
  const [button, tip] = [root.querySelector("button")!, root.querySelector<HTMLElement>("[role=tooltip]")!];
  expect(button.getAttribute("aria-describedby")).toBe(tip.id);
  expect([tip.hidden, tip.textContent]).toEqual([true, "No single cell fills this picture."]);
  const shown: boolean[] = [];
  const after = (act: () => void) => {
    act();
    shown.push(!tip.hidden);
  };
  after(() => button.click());
  after(() => button.click());
  after(() => button.click());
  after(() => button.dispatchEvent(new KeyboardEvent("keydown", {key: "Escape"})));
  after(() => button.click());
  after(() => button.dispatchEvent(new Event("blur")));
  expect(shown).toEqual([true, false, true, false, true, false]);
});

test("is shown while a mouse rests on it, and stays where it was pressed", () => {
  const root = tooltip("words", "explanation");
  const tip = root.querySelector<HTMLElement>("[role=tooltip]")!;
  const move = (type: string, pointerType = "mouse") => {
    root.dispatchEvent(Object.assign(new Event(type), {pointerType}));
    return !tip.hidden;
  };
  expect([move("pointerenter", "touch"), move("pointerenter"), move("pointerleave")]).toEqual([false, true, false]);
  root.querySelector("button")!.click();
  expect(move("pointerleave")).toBe(true);
});
