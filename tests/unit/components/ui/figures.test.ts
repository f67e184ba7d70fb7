import {expect, test} from "vitest";
import {bigFigures} from "../../../../src/components/ui/figures.js";

test("each figure stands before its name", () => {
  const node = bigFigures([
    {value: "200", name: "patients"},
    {value: "1", name: "model"}
  ]);
  expect([...node.children].map((item) => [...item.children].map((part) => part.textContent))).toEqual([
    ["200", "patients"],
    ["1", "model"]
  ]);
});
