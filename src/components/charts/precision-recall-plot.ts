import * as Plot from "@observablehq/plot";
import type {ChartOptions} from "./chart-options.js";
import {picture} from "./picture.js";
import type {BandPoint} from "./roc-plot.js";

/** One point of a precision–recall curve; both in 0…1. */
export interface PrecisionPoint {
  recall: number;
  precision: number;
}

/** Options of {@link precisionRecallPlot}. */
export interface PrecisionRecallOptions extends ChartOptions {
  /** Area under the steps, for the name of the picture. */
  averagePrecision?: number;
  /** Share of parasitized cells: the precision of guessing. */
  share?: number;
  /** Interval of the precision at recalls. */
  band?: readonly BandPoint[];
}

/** Precision against recall as steps on square axes, with the share of parasitized cells as a floor. */
export function precisionRecallPlot(
  points: readonly PrecisionPoint[],
  {width = 400, height = width, averagePrecision, share, band = []}: PrecisionRecallOptions = {}
): SVGSVGElement {
  const plot = Plot.plot({
    width,
    height,
    marginLeft: 44,
    marginBottom: 44,
    x: {label: "recall (sensitivity)", domain: [0, 1], grid: true},
    y: {label: "precision (PPV)", domain: [0, 1], grid: true},
    marks: [
      Plot.areaY(band, {x: "x", y1: "low", y2: "high", fill: "var(--color-parasitized)", fillOpacity: 0.22}),
      ...(share === undefined
        ? []
        : [Plot.ruleY([share], {stroke: "currentColor", strokeOpacity: 0.4, strokeDasharray: "3,4"})]),
      Plot.line(points, {
        x: "recall",
        y: "precision",
        stroke: "var(--color-parasitized)",
        strokeWidth: 2,
        curve: "step-before"
      })
    ]
  });
  const name = averagePrecision === undefined ? `${points.length} points` : `average ${averagePrecision.toFixed(4)}`;
  return picture(plot, `Precision–recall curve: ${name}.`);
}
