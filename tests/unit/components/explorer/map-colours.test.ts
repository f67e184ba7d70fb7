import {expect, test} from "vitest";
import {coloursOf, groupsOf} from "../../../../src/components/explorer/map-colours.js";
import {colourings} from "../../../../src/components/explorer/selection.js";
import {cells} from "./support.js";

const few = {
  count: 5,
  label: Uint8Array.of(0, 0, 1, 1, 0),
  patient: Uint16Array.of(0, 1, 12, 13, 14),
  fold: Uint8Array.of(0, 0, 1, 1, 4),
  disputed: Uint8Array.of(0, 1, 0, 0, 0)
};
const facts = {
  scores: {network: Float64Array.of(0.9, 0.3, 0.7, 0.1, NaN), colour: new Float64Array(5)},
  thresholds: [
    {fold: 0, threshold: 0.5},
    {fold: 1, threshold: 0.6}
  ]
};
const groups = (by: (typeof colourings)[number]) => [...groupsOf(by, few, facts)];
const names = (by: (typeof colourings)[number]) => groups(by).map((group) => coloursOf(by)[group]!.name);

test("each colouring tells what its name says", () => {
  expect(names("label")).toEqual(["parasitized", "parasitized", "uninfected", "uninfected", "parasitized"]);
  expect(names("score")).toEqual(["0.8 to 1.0", "0.2 to 0.4", "0.6 to 0.8", "0.0 to 0.2", "not scored"]);
  expect(groups("patient")).toEqual([0, 1, 0, 1, 2]);
  expect(names("fold")).toEqual(["fold 0", "fold 0", "fold 1", "fold 1", "fold 4"]);
  expect(names("dispute")[1]).toBe("disputed");
  expect(names("error")).toEqual(["right", "missed", "false alarm", "right", "not scored"]);
});

test.each(colourings)("%s has a colour for every cell, and no two the same", (by) => {
  const colours = coloursOf(by);
  const network = Float64Array.from({length: cells.count}, (_, i) => (i % 11) / 10);
  const found = groupsOf(by, cells, {...facts, scores: {...facts.scores, network}});
  expect(found).toHaveLength(cells.count);
  expect(Math.max(...new Set(found))).toBeLessThan(colours.length);
  expect(new Set(colours.map(({colour}) => colour)).size).toBe(colours.length);
});
