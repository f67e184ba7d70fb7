import {expect, test} from "vitest";
import {robustnessPanels} from "../../../../src/components/evaluation/robustness-panels.js";

const row = (change: string, level: number) => ({
  change,
  level,
  cells: 9,
  rocArea: 0.9,
  sensitivity: 0.8,
  specificity: 0.7
});

test("each change has its levels rising, with the unchanged pictures where it changes nothing", () => {
  const list = [row("none", 0), row("hue", -15), row("hue", 15), row("jpeg", 90), row("jpeg", 10), row("size", 0.5)];
  const panels = robustnessPanels([...list, row("size", 2), row("frame-filled", 1)]);
  expect(panels.map(({title, points}) => [title, ...points.map(({level}) => level)])).toEqual([
    ["hue turned by degrees", "-15", "none", "15"],
    ["JPEG of quality", "10", "90", "none"],
    ["resized and back, times", "0.5", "none", "2"],
    ["black frame", "none", "filled"]
  ]);
});

test("nothing scored has no panels; an unknown change keeps its name", () => {
  expect(robustnessPanels([])).toEqual([]);
  expect(robustnessPanels([row("smoke", 3)])).toEqual([
    {title: "smoke", points: [{level: "3", rocArea: 0.9, sensitivity: 0.8, specificity: 0.7}]}
  ]);
});
