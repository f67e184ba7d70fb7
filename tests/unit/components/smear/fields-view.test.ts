// @vitest-environment jsdom
import {expect, test, vi} from "vitest";
import {fieldsView} from "../../../../src/components/smear/fields-view.js";
import type {PendingField} from "../../../../src/components/smear/fields-view.js";
import {fieldWith, judgedAt} from "./support.js";

function setUp() {
  const told = {onChoose: vi.fn(), onRemove: vi.fn(), onMove: vi.fn(), onDismiss: vi.fn()};
  const view = fieldsView(told);
  const items = (of: string) => [...view.node.querySelectorAll<HTMLElement>(`.${of} li`)];
  return {...told, view, items};
}

test("a file has a bar while something is done, none while it waits, and its sentence once it is over", () => {
  const {view, items, onDismiss} = setUp();
  const one: PendingField = {name: "one.jpg", says: "waits.", share: null};
  const bar = () => items("pending")[0]!.querySelector("progress")!;
  view.show([], undefined, [one]);
  expect([items("pending")[0]!.textContent, bar().hidden]).toEqual([expect.stringContaining("one.jpg waits."), true]);
  // Never one that moves by itself.
  for (const share of [0, 0.25]) {
    one.share = share;
    view.show([], undefined, [one]);
    expect([bar().hidden, bar().getAttribute("value")]).toEqual([false, String(share)]);
  }
  Object.assign(one, {says: "This file is damaged.", share: NaN});
  view.show([], undefined, [one]);
  expect([bar().hidden, items("pending")[0]!.dataset.over]).toEqual([true, "true"]);
  items("pending")[0]!.querySelector("button")!.click();
  expect(onDismiss).toHaveBeenCalledWith(one);
});

test("fields have their counts; only the one that was replaced is made anew", () => {
  const {view, items, onMove} = setUp();
  const [first, second] = ["a", "b"].map((letter) =>
    fieldWith([judgedAt(20, 20, 0.9), judgedAt(60, 20, 0.1)], {sha256: letter.repeat(64), name: `${letter}.jpg`})
  );
  view.show([first!, second!], first!.sha256, []);
  expect(items("fields").map((item) => item.querySelector(".number")!.textContent)).toEqual(
    Array(2).fill("1 of 2, 50.0\u00a0%")
  );
  const before = items("fields");
  view.show([first!, {...second!, name: "c.jpg"}], first!.sha256, []);
  expect(items("fields")[0]).toBe(before[0]);
  expect(items("fields")[1]).not.toBe(before[1]);
  items("fields")[0]!.querySelector<HTMLButtonElement>("[aria-label='Move down: a.jpg']")!.click();
  expect(onMove).toHaveBeenCalledWith(first!.sha256, 1);
});
