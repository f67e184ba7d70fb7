import {expect, it} from "vitest";
import {inventoryProblems} from "../../../../src/data/pack/inventory.js";
import type {Label} from "../../../../src/data/shapes/cells.js";

const labels = new Map<string, Label>([
  ["a.png", "parasitized"],
  ["b.png", "uninfected"]
]);
const entry = (file: string, label: Label) => ({file, label, path: `${label}/${file}`});

it("finds nothing wrong with a complete archive, or a partial one that may be", () => {
  expect(inventoryProblems([entry("a.png", "parasitized"), entry("b.png", "uninfected")], labels, false)).toEqual([]);
  expect(inventoryProblems([entry("b.png", "uninfected")], labels, true)).toEqual([]);
});

it("names what is twice there, unlisted, in the wrong class, or missing", () => {
  expect(inventoryProblems([entry("a.png", "parasitized"), entry("a.png", "uninfected")], labels, true)).toEqual([
    "a.png is there 2 times: parasitized/a.png, uninfected/a.png"
  ]);
  expect(inventoryProblems([entry("a.png", "uninfected"), entry("c.png", "uninfected")], labels, false)).toEqual([
    "uninfected/a.png is parasitized in the patient lists",
    "uninfected/c.png is missing from the patient lists",
    "b.png is missing from the archive"
  ]);
});
