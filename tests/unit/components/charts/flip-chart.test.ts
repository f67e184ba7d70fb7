import {expect, test} from "vitest";
import {flipChart} from "../../../../src/components/charts/flip-chart.js";
import {expectChart} from "../../svg-snapshot.js";
import {epochs} from "../evaluation/flips-fixture.js";

test("the flips of each epoch, whose bars say which they are", async () => {
  await expectChart("flip-chart", () => flipChart(epochs, {chosen: 3}));
  const bars = [...flipChart(epochs, {chosen: 3}).querySelectorAll("[data-epoch]")];
  expect(bars.map((bar) => [bar.getAttribute("data-epoch"), bar.classList.contains("chosen")])).toEqual([
    ...[2, 3, 2, 3].map((epoch) => [String(epoch), epoch === 3])
  ]);
  const label = flipChart(epochs).getAttribute("aria-label");
  expect(label).toBe(
    "Validation cells that each epoch flipped: epoch 2 2 to right, 1 to wrong; epoch 3 0 to right, 1 to wrong."
  );
});
