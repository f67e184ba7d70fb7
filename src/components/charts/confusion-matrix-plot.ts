import * as Plot from "@observablehq/plot";
import type {ConfusionMatrix} from "../metrics/index.js";
import {formatCount, formatPercent} from "../ui/format.js";
import {picture} from "./picture.js";
import type {ChartOptions} from "./picture.js";

/**
 * The confusion matrix as a two-by-two field: rows are the label, columns the answer, parasitized (positive) first.
 *
 * Each field gives its count and its share of the row, and is tinted by that share; its rectangle carries its kind
 * (`false-negatives`, …) as `data-kind`.
 */
export function confusionMatrixPlot(
  counts: ConfusionMatrix,
  {width = 400, height = 260}: ChartOptions = {}
): SVGSVGElement {
  const fields = fieldsOf(counts);
  const plot = Plot.plot({
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
        fillOpacity: (field) => tint(field),
        stroke: "currentColor",
        strokeOpacity: 0.3,
        inset: 2,
        title: titleOf
      }),
      Plot.text(fields, {x: "answer", y: "truth", dy: -14, text: "name", fontSize: 12}),
      Plot.text(fields, {
        x: "answer",
        y: "truth",
        dy: 4,
        text: (f) => formatCount(f.count),
        className: "counts",
        fontSize: 18,
        fontWeight: 600
      }),
      Plot.text(fields, {
        x: "answer",
        y: "truth",
        dy: 22,
        text: (f) => `${formatPercent(f.share)} of row`,
        className: "shares",
        fontSize: 12
      })
    ]
  });
  plot
    .querySelectorAll("rect")
    .forEach((field, i) => field.setAttribute("data-kind", fields[i]!.name.replace(" ", "-")));
  return picture(plot, nameOf(fields));
}

/** Writes other counts into a matrix that {@link confusionMatrixPlot} drew. */
export function updateConfusionMatrix(chart: SVGSVGElement, counts: ConfusionMatrix): void {
  const fields = fieldsOf(counts);
  const [rectangles, numbers, shares] = ["rect[data-kind]", ".counts text", ".shares text"].map((selector) =>
    chart.querySelectorAll(selector)
  ) as [NodeListOf<Element>, NodeListOf<Element>, NodeListOf<Element>];
  fields.forEach((field, i) => {
    rectangles[i]!.setAttribute("fill-opacity", String(tint(field)));
    rectangles[i]!.firstChild!.textContent = titleOf(field);
    numbers[i]!.textContent = formatCount(field.count);
    shares[i]!.textContent = `${formatPercent(field.share)} of row`;
  });
  chart.setAttribute("aria-label", nameOf(fields));
}

function fieldsOf({truePositives, falseNegatives, falsePositives, trueNegatives}: ConfusionMatrix) {
  const [parasitized, uninfected] = [truePositives + falseNegatives, falsePositives + trueNegatives];
  const field = (truth: string, answer: string, name: string, count: number, row: number) => ({
    truth,
    answer,
    name,
    count,
    share: count / row
  });
  return [
    field("parasitized", "parasitized", "true positives", truePositives, parasitized),
    field("parasitized", "uninfected", "false negatives", falseNegatives, parasitized),
    field("uninfected", "parasitized", "false positives", falsePositives, uninfected),
    field("uninfected", "uninfected", "true negatives", trueNegatives, uninfected)
  ];
}

const titleOf = ({name, count, truth, answer}: ReturnType<typeof fieldsOf>[number]) =>
  `${formatCount(count)} ${name}: labelled ${truth}, called ${answer}`;

function tint({share}: {share: number}): number {
  return 0.06 + 0.3 * (share || 0);
}

function nameOf(fields: ReturnType<typeof fieldsOf>): string {
  const sentence = fields.map(({count, name}) => `${formatCount(count)} ${name}`).join(", ");
  return `Confusion matrix, positive class parasitized: ${sentence}.`;
}
