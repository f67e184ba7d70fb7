import {expect, test} from "vitest";
import {readable} from "../../../../src/components/charts/readable.js";
import {
  learningRateFinder,
  learningRateSchedule,
  momentumSchedule,
  stepLoss,
  trainingCurve
} from "../../../../src/components/charts/training-charts.js";
import {expectChart} from "../../svg-snapshot.js";

const steps = [0, 0.5, 1, 1.5].map((epoch, i) => ({
  fold: 0,
  epoch,
  loss: 0.8 / (i + 1),
  smoothed: 0.8 / (i + 0.9),
  momentum: 0.95 - i / 50
}));

test("loss by step, raw and smoothed", () => expectChart("step-loss", () => stepLoss(steps)));

test("loss by step on a logarithmic scale", () => expectChart("step-loss-log", () => stepLoss(steps, {log: true})));

test("momentum", () => expectChart("momentum-schedule", () => momentumSchedule(steps)));

test("a smoothed training curve keeps the raw one, faint and without dots, and marks the kept epoch", async () => {
  const points = [1, 2, 3].map((epoch) => ({epoch, value: 0.4 / epoch}));
  const series = [
    {name: "raw", colour: "var(--color-accent)", faint: true, points},
    {name: "training", colour: "var(--color-accent)", points}
  ];
  await expectChart("training-curve-smoothed", () => trainingCurve(series, {kept: 3, log: true}));
  const chart = trainingCurve(series, {kept: 3});
  expect(chart.querySelectorAll("circle")).toHaveLength(3);
  expect(chart.getAttribute("aria-label")).not.toContain("raw");
});

test("the arrow keys read every place, and stop at the ends", () => {
  const place = document.createElement("div");
  place.append(momentumSchedule(steps));
  const output = readable(place, {
    label: "Momentum",
    positions: () => steps.map(({epoch}) => epoch),
    read: (epoch) => `epoch ${epoch}`
  });
  const press = (key: string) => {
    place.dispatchEvent(new KeyboardEvent("keydown", {key}));
    return output.textContent;
  };
  expect(place.getAttribute("aria-valuetext")).toBe("epoch 1.5");
  expect([press("ArrowLeft"), press("Home"), press("ArrowLeft"), press("ArrowRight"), press("End")]).toEqual(
    [1, 0, 0, 0.5, 1.5].map((epoch) => `epoch ${epoch}`)
  );
  expect(place.querySelectorAll("line.operating")).toHaveLength(1);
  expect(place.getAttribute("aria-valuenow")).toBe("3");
});

const series = [
  {
    name: "training",
    colour: "var(--color-notice)",
    hollow: true,
    points: [1, 2, 3].map((epoch) => ({epoch, value: 0.4 / epoch}))
  },
  {
    name: "earlier",
    colour: "var(--color-muted)",
    dashed: true,
    points: [
      {epoch: 1, value: 0.3},
      {epoch: 2, value: 0.2}
    ]
  }
];

test("training curve", () => expectChart("training-curve", () => trainingCurve(series, {boundary: 1})));

test("without frozen epochs there is no boundary, and one epoch alone is drawn", async () => {
  const one = [{...series[0]!, points: [{epoch: 1, value: 0.5}]}];
  await expectChart("training-curve-one-epoch", () => trainingCurve(one, {label: "accuracy"}));
  expect(trainingCurve(one).textContent).not.toContain("all layers train");
  expect(trainingCurve(series, {boundary: 1}).textContent).toContain("all layers train");
});

const schedule = Array.from({length: 12}, (_, i) => ({
  step: i * 10 + 1,
  epoch: i / 4,
  learningRates: i < 4 ? [0, 0, 1e-3 * (i + 1)] : [1e-5 * i, 1e-4 * i, 1e-3 * i],
  momentum: 0.9,
  loss: 0.5
}));

test("learning-rate schedule", () => expectChart("learning-rate-schedule", () => learningRateSchedule(schedule)));

test("a frozen group has no rate to show: its line begins where it trains", () => {
  const svg = learningRateSchedule(schedule);
  expect(svg.getAttribute("aria-label")).toBe("Learning rate by epoch for 3 groups of layers; highest rate 1.1e-2.");
  const paths = [...svg.querySelectorAll("g[fill='none'] path")].map(
    (path) => path.getAttribute("d")!.split(/[LC]/).length
  );
  expect(paths).toContain(8);
  expect(paths).toContain(12);
});

const points = [0.7, 0.6, 0.3, 0.5, 2].map((loss, i) => ({learningRate: 10 ** (i - 5), loss}));

test("learning-rate finder", () => expectChart("learning-rate-finder", () => learningRateFinder(points)));

test("the lowest loss is named", () => {
  expect(learningRateFinder(points).getAttribute("aria-label")).toContain("lowest loss 0.300 at 1.0e-3");
});
