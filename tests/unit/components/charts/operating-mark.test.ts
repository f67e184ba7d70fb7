import {expect, test} from "vitest";
import {markLines, markPoint} from "../../../../src/components/charts/operating-mark.js";
import {precisionRecallPlot, ratesByThreshold} from "../../../../src/components/charts/threshold-charts.js";

const corners = [
  {recall: 0, precision: 0},
  {recall: 1, precision: 1}
];
const rates = [0, 1].map((threshold) => ({threshold, sensitivity: 1 - threshold, specificity: threshold}));

test("the ring stands where the scales put its values, and moving it adds none", () => {
  const chart = precisionRecallPlot(corners, {width: 444, height: 464});
  markPoint(chart, {x: 0, y: 0});
  const ring = chart.querySelector("circle")!;
  const at = () => [Number(ring.getAttribute("cx")), Number(ring.getAttribute("cy"))];
  expect(at()).toEqual([44, 420]);
  markPoint(chart, {x: 1, y: 1});
  expect(at()[0]).toBeGreaterThan(400);
  expect(at()[1]).toBeLessThan(50);
  expect(chart.querySelectorAll("circle")).toHaveLength(1);
});

test("a point that is not defined hides the ring until it is", () => {
  const chart = markPoint(precisionRecallPlot(corners), {x: 0.5, y: NaN});
  expect(chart.querySelector("circle")!.getAttribute("visibility")).toBe("hidden");
  markPoint(chart, {x: 0.5, y: 0.5});
  expect(chart.querySelector("circle")!.getAttribute("visibility")).toBe("visible");
});

test("the line is upright and moves", () => {
  const chart = markLines(ratesByThreshold(rates), [0.25]);
  const line = chart.querySelector("line.operating")!;
  const before = Number(line.getAttribute("x1"));
  expect(line.getAttribute("x2")).toBe(line.getAttribute("x1"));
  markLines(chart, [0.75]);
  expect(Number(line.getAttribute("x1"))).toBeGreaterThan(before);
  expect(chart.querySelectorAll("line.operating")).toHaveLength(1);
});

test("several lines stand where they should, and spare ones go", () => {
  const chart = markLines(ratesByThreshold(rates), [0.25, 0.5, 0.75]);
  const lines = () => [...chart.querySelectorAll("line.operating")].map((line) => Number(line.getAttribute("x1")));
  const [first, second, third] = lines() as [number, number, number];
  expect(second - first).toBeCloseTo(third - second, 9);
  markLines(chart, [0.5]);
  expect(lines()).toEqual([second]);
});
