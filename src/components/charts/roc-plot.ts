import * as Plot from "@observablehq/plot";
import type {ChartOptions} from "./chart-options.js";
import {markPoint} from "./operating-mark.js";
import {picture} from "./picture.js";

/** One point of a receiver operating characteristic; both rates in 0…1. */
export interface RatePoint {
  falsePositiveRate: number;
  truePositiveRate: number;
}

/** An interval at a place of the horizontal axis; all in 0…1. */
export interface BandPoint {
  x: number;
  low: number;
  high: number;
}

/** Options of {@link rocPlot}. */
export interface RocPlotOptions extends ChartOptions {
  /** Where the chosen threshold sits on the curve. */
  operatingPoint?: RatePoint;
  /** Area under the curve, for the name of the picture. */
  area?: number;
  /** Interval of the sensitivity at false-positive rates. */
  band?: readonly BandPoint[];
}

/** Sensitivity against 1 − specificity on square axes, with chance as a diagonal. */
export function rocPlot(
  points: readonly RatePoint[],
  {width = 400, height = width, operatingPoint, area, band = []}: RocPlotOptions = {}
): SVGSVGElement {
  const plot = Plot.plot({
    width,
    height,
    marginLeft: 44,
    marginBottom: 44,
    x: {label: "false positive rate (1 − specificity)", domain: [0, 1], grid: true},
    y: {label: "true positive rate (sensitivity)", domain: [0, 1], grid: true},
    marks: [
      Plot.areaY(band, {x: "x", y1: "low", y2: "high", fill: "var(--color-parasitized)", fillOpacity: 0.22}),
      Plot.link([0], {x1: 0, y1: 0, x2: 1, y2: 1, stroke: "currentColor", strokeOpacity: 0.4, strokeDasharray: "3,4"}),
      Plot.line(points, {
        x: "falsePositiveRate",
        y: "truePositiveRate",
        stroke: "var(--color-parasitized)",
        strokeWidth: 2,
        curve: "linear"
      })
    ]
  });
  const parts = [
    area === undefined ? "" : `area ${area.toFixed(4)}`,
    operatingPoint
      ? `at the threshold, sensitivity ${operatingPoint.truePositiveRate.toFixed(3)} at a false positive rate of ${operatingPoint.falsePositiveRate.toFixed(3)}`
      : ""
  ].filter(Boolean);
  const drawing = picture(plot, `ROC curve: ${parts.join("; ") || `${points.length} points`}.`);
  if (!operatingPoint) return drawing;
  return markPoint(drawing, {x: operatingPoint.falsePositiveRate, y: operatingPoint.truePositiveRate});
}
