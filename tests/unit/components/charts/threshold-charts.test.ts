import {expect, test} from "vitest";
import {
  lowestRate,
  precisionRecallPlot,
  ratesByThreshold,
  rocPlot
} from "../../../../src/components/charts/threshold-charts.js";
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

const band = [
  {x: 0, low: 0.2, high: 0.6},
  {x: 1, low: 0.9, high: 1}
];

test("ROC curve with a band", () =>
  expectChart("roc-plot-band", () =>
    rocPlot(
      [
        {falsePositiveRate: 0, truePositiveRate: 0.4},
        {falsePositiveRate: 1, truePositiveRate: 1}
      ],
      {band, area: 0.7}
    )
  ));

test("precision–recall curve", () =>
  expectChart("precision-recall-plot", () =>
    precisionRecallPlot(
      [
        {recall: 0, precision: 1},
        {recall: 0.8, precision: 0.9},
        {recall: 1, precision: 0.5}
      ],
      {band, share: 0.5, averagePrecision: 0.91}
    )
  ));

test("rates by threshold", () =>
  expectChart("rates-by-threshold", () =>
    ratesByThreshold(
      [0, 0.5, 1].map((threshold) => ({threshold, sensitivity: 1 - threshold / 10, specificity: 0.9 + threshold / 10}))
    )
  ));

test("other models are named, and rates below the axis have no place on it", () => {
  const other = {title: "Small CNN", points};
  const chart = rocPlot(points, {area: 0.85, title: "ResNet-34", others: [{...other, title: "Small CNN (drawn)"}]});
  const names = [...chart.querySelectorAll(".curve-name")].map(({textContent}) => textContent);
  expect(names).toEqual(["Small CNN", "ResNet-34"]);
  expect(chart.getAttribute("aria-label")).toContain("beside it Small CNN");
  expect(chart.querySelectorAll("title")).toHaveLength(1);
  const ring = (falsePositiveRate: number) =>
    rocPlot(points, {operatingPoint: {falsePositiveRate, truePositiveRate: 0.8}}).querySelector("circle")!;
  expect(ring(0).getAttribute("cx")).toBe(ring(lowestRate).getAttribute("cx"));
});

test("a curve of high average precision is shown where good curves part", () => {
  const high = [
    {recall: 0, precision: 1},
    {recall: 1, precision: 0.9}
  ];
  const label = (averagePrecision: number) => precisionRecallPlot(high, {averagePrecision}).getAttribute("aria-label");
  expect(label(0.99)).toContain("shown from 0.8 on");
  expect(label(0.9)).not.toContain("shown from");
});
