// @vitest-environment jsdom
import {expect, test} from "vitest";
import {rocPlot} from "../../../../src/components/charts/roc-plot.js";
import {expectChart} from "../../svg-snapshot.js";

const points = [
  {falsePositiveRate: 0, truePositiveRate: 0},
  {falsePositiveRate: 0.1, truePositiveRate: 0.8},
  {falsePositiveRate: 1, truePositiveRate: 1}
];

test("ROC curve", () => expectChart("roc-plot", () => rocPlot(points, {operatingPoint: points[1]!, area: 0.85})));

test("without an operating point there is no ring", () => {
  expect(rocPlot(points, {area: 0.85}).querySelector("circle")).toBeNull();
  expect(rocPlot(points, {operatingPoint: points[1]!}).querySelectorAll("circle")).toHaveLength(1);
});
