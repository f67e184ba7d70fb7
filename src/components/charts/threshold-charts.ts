import * as Plot from "@observablehq/plot";
import {markPoint} from "./operating-mark.js";
import {diagonal, picture, unitSquare} from "./picture.js";
import type {ChartOptions} from "./picture.js";

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
  {width, height, operatingPoint, area, band = []}: RocPlotOptions = {}
): SVGSVGElement {
  const plot = Plot.plot({
    ...unitSquare({width, height}, "false positive rate (1 − specificity)", "true positive rate (sensitivity)"),
    marks: [
      Plot.areaY(band, {x: "x", y1: "low", y2: "high", fill: "var(--color-parasitized)", fillOpacity: 0.22}),
      diagonal(),
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
  {width, height, averagePrecision, share, band = []}: PrecisionRecallOptions = {}
): SVGSVGElement {
  const plot = Plot.plot({
    ...unitSquare({width, height}, "recall (sensitivity)", "precision (PPV)"),
    marks: [
      Plot.areaY(band, {x: "x", y1: "low", y2: "high", fill: "var(--color-parasitized)", fillOpacity: 0.22}),
      share === undefined
        ? null
        : Plot.ruleY([share], {stroke: "currentColor", strokeOpacity: 0.4, strokeDasharray: "3,4"}),
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

/** What a threshold does; all in 0…1. */
export interface ThresholdRates {
  threshold: number;
  sensitivity: number;
  specificity: number;
}

/** Sensitivity (solid) and specificity (dashed) against the threshold. */
export function ratesByThreshold(
  rates: readonly ThresholdRates[],
  {width = 640, height = 260}: ChartOptions = {}
): SVGSVGElement {
  const line = (y: "sensitivity" | "specificity", stroke: string, strokeDasharray?: string) =>
    Plot.line(rates, {x: "threshold", y, stroke, strokeWidth: 2, strokeDasharray});
  const plot = Plot.plot({
    width,
    height,
    marginLeft: 48,
    marginBottom: 44,
    x: {label: "threshold", domain: [0, 1]},
    y: {label: "share of the class called right", grid: true, nice: true, domain: [0.8, 1], clamp: true},
    marks: [
      line("sensitivity", "var(--color-parasitized)"),
      line("specificity", "var(--color-uninfected)", "6,3"),
      Plot.ruleY([0.8], {strokeOpacity: 0.3})
    ]
  });
  return picture(
    plot,
    `Sensitivity and specificity at ${rates.length} thresholds from 0 to 1; shares below .8 at the foot.`
  );
}
