import * as Plot from "@observablehq/plot";
import * as d3 from "d3";
import {formatPercent} from "../ui/format.js";
import type {ChartOptions} from "./chart-options.js";
import {picture} from "./picture.js";

/** The share of a healthy patient's cells that the network calls parasitized, 0…1. */
export interface HealthyPatient {
  patient: string;
  cells: number;
  falsePositiveRate: number;
}

/** One column a healthy patient, lowest false-positive rate first, with the mean and the rate that 95 % stay below. */
export function healthyPatients(
  patients: readonly HealthyPatient[],
  {width = 560, height = 220, mean, upper, document = globalThis.document}: ChartOptions & {mean: number; upper: number}
): SVGSVGElement {
  const sorted = d3.sort(patients, (d) => d.falsePositiveRate);
  const plot = Plot.plot({
    document,
    width,
    height,
    marginLeft: 52,
    marginRight: 88,
    marginBottom: 30,
    x: {
      label: `${patients.length} patients without a parasitized cell`,
      ticks: [],
      domain: [-0.5, patients.length - 0.5]
    },
    y: {
      label: "false-positive rate",
      grid: true,
      domain: [0, Math.max(0.01, (d3.max(patients, (d) => d.falsePositiveRate) ?? 0) * 1.1)],
      tickFormat: (rate: number) => `${Number((100 * rate).toFixed(1))} %`
    },
    marks: [
      Plot.ruleX(sorted, {
        x: (_, i) => i,
        y1: 0,
        y2: "falsePositiveRate",
        stroke: "var(--color-uninfected)",
        strokeWidth: 2
      }),
      Plot.dot(sorted, {
        x: (_, i) => i,
        y: "falsePositiveRate",
        r: 4,
        fill: "var(--color-uninfected)",
        title: (d) => `${d.patient}: ${formatPercent(d.falsePositiveRate)} of ${d.cells} cells`
      }),
      ...[
        {rate: mean, name: "mean"},
        {rate: upper, name: "95 % below"}
      ].flatMap(({rate, name}) => [
        Plot.ruleY([rate], {stroke: "currentColor", strokeDasharray: "4,3"}),
        Plot.text([rate], {y: (d) => d, frameAnchor: "right", textAnchor: "start", dx: 6, text: () => name})
      ])
    ]
  });
  return picture(
    plot,
    `False-positive rates of ${patients.length} healthy patients: mean ${formatPercent(mean)}, 95 % of them below ${formatPercent(upper)}.`
  );
}
