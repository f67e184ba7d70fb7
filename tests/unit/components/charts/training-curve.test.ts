// @vitest-environment jsdom
import {expect, test} from "vitest";
import {trainingCurve} from "../../../../src/components/charts/training-curve.js";
import {expectChart} from "../../svg-snapshot.js";

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
