// @vitest-environment jsdom
import {expect, test} from "vitest";
import {learningRateSchedule} from "../../../../src/components/charts/learning-rate-schedule.js";
import {expectChart} from "../../svg-snapshot.js";

const steps = Array.from({length: 12}, (_, i) => ({
  step: i * 10 + 1,
  epoch: i / 4,
  learningRates: i < 4 ? [0, 0, 1e-3 * (i + 1)] : [1e-5 * i, 1e-4 * i, 1e-3 * i],
  momentum: 0.9,
  loss: 0.5
}));

test("learning-rate schedule", () => expectChart("learning-rate-schedule", () => learningRateSchedule(steps)));

test("a frozen group has no rate to show: its line begins where it trains", () => {
  const svg = learningRateSchedule(steps);
  expect(svg.getAttribute("aria-label")).toBe("Learning rate by epoch for 3 groups of layers; highest rate 1.1e-2.");
  const paths = [...svg.querySelectorAll("g[fill='none'] path")].map(
    (path) => path.getAttribute("d")!.split(/[LC]/).length
  );
  expect(paths).toContain(8);
  expect(paths).toContain(12);
});
