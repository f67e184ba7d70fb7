import {expect, test} from "vitest";
import {confusionMatrixPlot} from "../../../../src/components/charts/confusion-matrix-plot.js";
import {expectChart} from "../../svg-snapshot.js";

const counts = {truePositives: 2689, falseNegatives: 112, falsePositives: 74, trueNegatives: 2636};

test("confusion matrix", () => expectChart("confusion-matrix-plot", () => confusionMatrixPlot(counts)));

test("rows are labels: shares are of the row, and positives come first", () => {
  const svg = confusionMatrixPlot(counts);
  expect(svg.textContent).toContain("96.0\u00a0% of row");
  expect(svg.getAttribute("aria-label")).toBe(
    "Confusion matrix, positive class parasitized: 2,689 true positives, 112 false negatives, 74 false positives, 2,636 true negatives."
  );
});

test("a class without cells has no share, and says so", async () => {
  const empty = {truePositives: 0, falseNegatives: 0, falsePositives: 1, trueNegatives: 3};
  expect(confusionMatrixPlot(empty).textContent).toContain("n/a of row");
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
