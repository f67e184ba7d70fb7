// @vitest-environment jsdom
import {expect, test} from "vitest";
import {momentumSchedule} from "../../../../src/components/charts/momentum-schedule.js";
import {readable} from "../../../../src/components/charts/readable.js";
import {stepLoss} from "../../../../src/components/charts/step-loss.js";
import {trainingCurve} from "../../../../src/components/charts/training-curve.js";
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
