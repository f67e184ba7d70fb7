import * as Plot from "@observablehq/plot";
import {limitsOfAgreement} from "../metrics/comparison.js";
import type {Agreement} from "../metrics/comparison.js";
import {picture} from "./picture.js";
import type {ChartOptions} from "./picture.js";

/** Bland–Altman plot: for each pair the difference over the mean, with the bias and the limits of agreement. */
export function agreementPlot(
  pairs: readonly Agreement[],
  {width = 640, height = 320}: ChartOptions = {}
): SVGSVGElement {
  const {bias, low, high} = limitsOfAgreement(pairs);
  const percent = (value: number) => `${(100 * value).toFixed(1).replace("-", "−")} %`;
  const limits = [
    {at: high, text: `upper limit ${percent(high)}`},
    {at: bias, text: `on average ${percent(bias)}`},
    {at: low, text: `lower limit ${percent(low)}`}
  ].filter(({at}) => Number.isFinite(at));
  const plot = Plot.plot({
    width,
    height,
    marginLeft: 56,
    marginRight: 16,
    marginBottom: 44,
    x: {label: "mean of both, per cent", transform: (value: number) => 100 * value, grid: true, zero: true},
    y: {label: "told − truth, points", transform: (value: number) => 100 * value, grid: true},
    marks: [
      Plot.ruleY([0], {strokeOpacity: 0.4}),
      Plot.ruleY(limits, {y: "at", stroke: "var(--color-accent)", strokeDasharray: "5,4"}),
      Plot.text(limits, {y: "at", text: "text", frameAnchor: "right", dy: -7, textAnchor: "end", fill: "currentColor"}),
      Plot.dot(pairs, {
        x: ({truth, told}: Agreement) => (truth + told) / 2,
        y: ({truth, told}: Agreement) => told - truth,
        r: 4,
        fill: "var(--color-parasitized)",
        fillOpacity: 0.6,
        title: ({name, truth, told}: Agreement) => `${name}: ${percent(truth)}, told ${percent(told)}`
      })
    ]
  });
  return picture(
    plot,
    `Differences of ${pairs.length} fields: on average ${percent(bias)}, limits ${percent(low)} to ${percent(high)}.`
  );
}
