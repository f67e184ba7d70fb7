import {expect, test} from "vitest";
import {reliabilityPlot, scoreHistogram} from "../../../../src/components/charts/score-charts.js";
import {expectChart} from "../../svg-snapshot.js";

const bins = [-6, -5.5, 5.5].map((low, bin) => ({
  bin,
  low,
  high: low + 0.5,
  parasitized: bin * 10,
  uninfected: 20 - bin
}));

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
