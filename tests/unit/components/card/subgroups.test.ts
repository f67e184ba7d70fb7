import {expect, test} from "vitest";
import {subgroupChart, subgroupTable} from "../../../../src/components/card/subgroups.js";
import {formatWithInterval} from "../../../../src/components/ui/format.js";
import {expectChart} from "../../svg-snapshot.js";

const figure = (estimate: number, low = NaN, high = NaN) => ({
  estimate,
  low,
  high
});
const row = (factor: string, group: string, accuracy: ReturnType<typeof figure>) => ({
  factor,
  group,
  cells: 100,
  patients: 8,
  figures: {accuracy, sensitivity: figure(0.9, 0.8, 0.95), specificity: figure(0.95), rocArea: figure(NaN)}
});
const rows = [
  row("hue", "up to 2°", figure(0.97, 0.95, 0.98)),
  row("hue", "above 2°", figure(0.91, 0.84, 0.94)),
  row("file name", "thin", figure(0.99))
];

test("accuracy by factor", () => expectChart("subgroup-chart", () => subgroupChart(rows)));

test("the picture's name has the lowest part, and a part without an interval has no line", () => {
  const chart = subgroupChart(rows);
  expect(chart.getAttribute("aria-label")).toContain("the lowest is 0.910, for hue: above 2°");
  expect(chart.querySelectorAll("circle")).toHaveLength(3);
});

test("the table has every figure with its interval, or a dash", () => {
  expect(subgroupTable(rows)[0]).toEqual({
    part: "hue: up to 2°",
    cells: 100,
    patients: 8,
    accuracy: "0.970 (0.950–0.980)",
    sensitivity: "0.900 (0.800–0.950)",
    specificity: "0.950",
    "area under the ROC curve": "–"
  });
  expect(formatWithInterval(figure(0.5))).toBe("0.500");
});
