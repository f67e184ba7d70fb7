import {expect, test} from "vitest";
import {legend} from "../../../../src/components/ui/legend.js";

test("marks are hidden from screen readers, names are not", () => {
  const list = legend([{label: "validation", colour: "#123", shape: "dashed"}]);
  const mark = list.querySelector<HTMLElement>("[aria-hidden=true]")!;
  expect([list.textContent, mark.className, mark.style.getPropertyValue("--key")]).toEqual([
    "validation",
    "key key-dashed",
    "#123"
  ]);
});
