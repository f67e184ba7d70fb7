import * as Plot from "@observablehq/plot";
import * as d3 from "d3";
import type {ChartOptions} from "./chart-options.js";
import {picture} from "./picture.js";

/** Cells of one patient by label. */
export interface PatientCount {
  patient: string;
  parasitized: number;
  uninfected: number;
}

/**
 * One column a patient: parasitized cells above the line, uninfected ones below it.
 *
 * Patients run from the most parasitized cells to the fewest, then from the most uninfected ones.
 */
export function patientCounts(
  data: readonly PatientCount[],
  {width = 640, height = 260, document = globalThis.document}: ChartOptions = {}
): SVGSVGElement {
  const sorted = d3.sort(
    data,
    (a, b) => b.parasitized - a.parasitized || b.uninfected - a.uninfected || d3.ascending(a.patient, b.patient)
  );
  const bar = {x1: (_: PatientCount, index: number) => index, x2: (_: PatientCount, index: number) => index + 1};
  const title = (d: PatientCount) => `${d.patient}: ${d.parasitized} parasitized, ${d.uninfected} uninfected`;
  const inset = width / Math.max(1, data.length) > 3 ? 0.5 : 0;
  const plot = Plot.plot({
    document,
    width,
    height,
    marginLeft: 44,
    x: {label: `${data.length} patients`, ticks: [], domain: [0, data.length]},
    y: {label: "cells of the patient", grid: true, tickFormat: (count: number) => String(Math.abs(count))},
    marks: [
      Plot.rectY(sorted, {...bar, y1: 0, y2: "parasitized", fill: "var(--color-parasitized)", title, insetLeft: inset}),
      Plot.rectY(sorted, {
        ...bar,
        y1: 0,
        y2: (d) => -d.uninfected,
        fill: "var(--color-uninfected)",
        title,
        insetLeft: inset
      }),
      Plot.ruleY([0])
    ]
  });
  const healthy = data.filter((d) => d.parasitized === 0).length;
  const most = d3.max(data, (d) => d.parasitized + d.uninfected) ?? 0;
  return picture(
    plot,
    `Cells by patient: ${data.length} patients, ${healthy} of them with uninfected cells only; at most ${most} cells a patient.`
  );
}
