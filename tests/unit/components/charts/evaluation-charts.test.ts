// @vitest-environment jsdom
import {expect, test} from "vitest";
import {confusionMatrixPlot} from "../../../../src/components/charts/confusion-matrix-plot.js";
import {healthyPatients} from "../../../../src/components/charts/healthy-patients.js";
import {movePatientDots, patientDots} from "../../../../src/components/charts/patient-dots.js";
import {precisionRecallPlot} from "../../../../src/components/charts/precision-recall-plot.js";
import {ratesByThreshold} from "../../../../src/components/charts/rates-by-threshold.js";
import {reliabilityPlot} from "../../../../src/components/charts/reliability-plot.js";
import {rocPlot} from "../../../../src/components/charts/roc-plot.js";
import {scoreHistogram} from "../../../../src/components/charts/score-histogram.js";
import {expectChart} from "../../svg-snapshot.js";

const band = [
  {x: 0, low: 0.2, high: 0.6},
  {x: 1, low: 0.9, high: 1}
];
const patients = [
  {patient: "C1", cells: 60, sensitivity: NaN, specificity: 0.95},
  {patient: "C39", cells: 687, sensitivity: 0.97, specificity: 0.9},
  {patient: "C40", cells: 92, sensitivity: 0.3, specificity: 1}
];
const bins = [-6, -5.5, 5.5].map((low, bin) => ({
  bin,
  low,
  high: low + 0.5,
  parasitized: bin * 10,
  uninfected: 20 - bin
}));

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

test("score histogram, whose bars say which they are", async () => {
  await expectChart("score-histogram", () => scoreHistogram(bins));
  const bars = [...scoreHistogram(bins).querySelectorAll("[data-bin]")];
  expect(bars.map((bar) => [bar.getAttribute("data-label"), bar.getAttribute("data-bin")])).toEqual(
    ["parasitized", "uninfected"].flatMap((label) => ["0", "1", "2"].map((bin) => [label, bin]))
  );
});

test("reliability diagram leaves out empty bins", async () => {
  const reliability = [
    {stage: "before" as const, meanScore: 0.1, positiveShare: 0.2, count: 10},
    {stage: "before" as const, meanScore: NaN, positiveShare: NaN, count: 0},
    {stage: "after" as const, meanScore: 0.15, positiveShare: 0.2, count: 10}
  ];
  await expectChart("reliability-plot", () => reliabilityPlot(reliability));
  expect(reliabilityPlot(reliability).getAttribute("aria-label")).toContain("1 bins before and 1 after");
});

test("patient dots; the healthy one stands apart, a low rate at the edge, and the dots move", async () => {
  await expectChart("patient-dots", () => patientDots(patients));
  const chart = patientDots(patients);
  const at = () => [...chart.querySelectorAll(".patients circle")].map((dot) => Number(dot.getAttribute("cy")));
  const [healthy, high, low] = at() as [number, number, number];
  expect(healthy).toBeLessThan(high);
  expect(high).toBeLessThan(low);
  movePatientDots(chart, [patients[0]!, {...patients[1]!, sensitivity: 0.5}, patients[2]!]);
  expect(at()[1]).toBe(low);
  expect(chart.querySelector("[data-patient=C39] title")!.textContent).toContain("sensitivity 0.500");
});

test("healthy patients, from the fewest false alarms to the most", async () => {
  const healthy = [
    {patient: "C1", cells: 60, falsePositiveRate: 0.05},
    {patient: "C2", cells: 50, falsePositiveRate: 0}
  ];
  await expectChart("healthy-patients", () => healthyPatients(healthy, {mean: 0.025, upper: 0.0475}));
  const titles = healthyPatients(healthy, {mean: 0, upper: 0}).querySelectorAll("circle title");
  expect([...titles].map((title) => title.textContent!.slice(0, 2))).toEqual(["C2", "C1"]);
});

test("each field of the confusion matrix says which cells it counts", () => {
  const matrix = {truePositives: 1, falseNegatives: 2, falsePositives: 3, trueNegatives: 4};
  const kinds = [...confusionMatrixPlot(matrix).querySelectorAll("[data-kind]")];
  expect(kinds.map((field) => field.getAttribute("data-kind"))).toEqual([
    "true-positives",
    "false-negatives",
    "false-positives",
    "true-negatives"
  ]);
});
