import * as Plot from "@observablehq/plot";
import {formatCount, formatPercent} from "../ui/format.js";
import type {ChartOptions} from "./chart-options.js";
import {picture} from "./picture.js";

/** The four counts of a two-class decision; "positive" is parasitized. */
export interface MatrixCounts {
  truePositives: number;
  falseNegatives: number;
  falsePositives: number;
  trueNegatives: number;
}

/**
 * The confusion matrix as a two-by-two field: rows are the label, columns the answer, parasitized (positive) first.
 *
 * Each field gives its count and its share of the row, and is tinted by that share; its rectangle carries its kind
 * (`false-negatives`, …) as `data-kind`.
 */
export function confusionMatrixPlot(
  {truePositives, falseNegatives, falsePositives, trueNegatives}: MatrixCounts,
  {width = 400, height = 260, document = globalThis.document}: ChartOptions = {}
): SVGSVGElement {
  const fields = [
    {truth: "parasitized", answer: "parasitized", name: "true positives", count: truePositives},
    {truth: "parasitized", answer: "uninfected", name: "false negatives", count: falseNegatives},
    {truth: "uninfected", answer: "parasitized", name: "false positives", count: falsePositives},
    {truth: "uninfected", answer: "uninfected", name: "true negatives", count: trueNegatives}
  ];
  const rows: Record<string, number> = {
    parasitized: truePositives + falseNegatives,
    uninfected: falsePositives + trueNegatives
  };
  const share = (field: (typeof fields)[number]) => field.count / rows[field.truth]!;
  const plot = Plot.plot({
    document,
    width,
    height,
    marginLeft: 84,
    marginRight: 4,
    marginTop: 40,
    marginBottom: 8,
    x: {label: "answer of the network", axis: "top", padding: 0, domain: ["parasitized", "uninfected"], tickSize: 0},
    y: {label: "label", padding: 0, domain: ["parasitized", "uninfected"], tickSize: 0},
    marks: [
      Plot.cell(fields, {
        x: "answer",
        y: "truth",
        fill: (field) => `var(--color-${field.answer})`,
        fillOpacity: (field) => 0.06 + 0.3 * (share(field) || 0),
        stroke: "currentColor",
        strokeOpacity: 0.3,
        inset: 2
      }),
      Plot.text(fields, {x: "answer", y: "truth", dy: -14, text: "name", fontSize: 12}),
      Plot.text(fields, {
        x: "answer",
        y: "truth",
        dy: 4,
        text: (f) => formatCount(f.count),
        fontSize: 18,
        fontWeight: 600
      }),
      Plot.text(fields, {
        x: "answer",
        y: "truth",
        dy: 22,
        text: (f) => `${formatPercent(share(f))} of row`,
        fontSize: 12
      })
    ]
  });
  plot
    .querySelectorAll("rect")
    .forEach((field, i) => field.setAttribute("data-kind", fields[i]!.name.replace(" ", "-")));
  const sentence = fields.map((field) => `${formatCount(field.count)} ${field.name}`).join(", ");
  return picture(plot, `Confusion matrix, positive class parasitized: ${sentence}.`);
}
