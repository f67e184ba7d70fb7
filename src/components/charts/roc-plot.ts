import * as Plot from "@observablehq/plot";
import type {ChartOptions} from "./chart-options.js";
import {picture} from "./picture.js";

/** One point of a receiver operating characteristic; both rates in 0…1. */
export interface RatePoint {
  falsePositiveRate: number;
  truePositiveRate: number;
}

/** Options of {@link rocPlot}. */
export interface RocPlotOptions extends ChartOptions {
  /** Where the chosen threshold sits on the curve. */
  operatingPoint?: RatePoint;
  /** Area under the curve, for the name of the picture. */
  area?: number;
}

/** Sensitivity against 1 − specificity on square axes, with chance as a diagonal. */
export function rocPlot(
  points: readonly RatePoint[],
  {width = 400, height = width, operatingPoint, area, document = globalThis.document}: RocPlotOptions = {}
): SVGSVGElement {
  const plot = Plot.plot({
    document,
    width,
    height,
    marginLeft: 44,
    marginBottom: 44,
    x: {label: "false positive rate (1 − specificity)", domain: [0, 1], grid: true},
    y: {label: "true positive rate (sensitivity)", domain: [0, 1], grid: true},
    marks: [
      Plot.link([0], {x1: 0, y1: 0, x2: 1, y2: 1, stroke: "currentColor", strokeOpacity: 0.4, strokeDasharray: "3,4"}),
      Plot.line(points, {
        x: "falsePositiveRate",
        y: "truePositiveRate",
        stroke: "var(--color-parasitized)",
        strokeWidth: 2,
        curve: "linear"
      }),
      ...(operatingPoint
        ? [
            Plot.dot([operatingPoint], {
              x: "falsePositiveRate",
              y: "truePositiveRate",
              r: 5,
              stroke: "currentColor",
              strokeWidth: 2,
              fill: "var(--theme-background)"
            })
          ]
        : [])
    ]
  });
  const parts = [
    area === undefined ? "" : `area ${area.toFixed(4)}`,
    operatingPoint
      ? `at the threshold, sensitivity ${operatingPoint.truePositiveRate.toFixed(3)} at a false positive rate of ${operatingPoint.falsePositiveRate.toFixed(3)}`
      : ""
  ].filter(Boolean);
  return picture(plot, `ROC curve: ${parts.join("; ")}.`);
}
