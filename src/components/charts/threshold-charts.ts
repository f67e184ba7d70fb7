import * as Plot from "@observablehq/plot";
import {curveOn, nameCurves} from "./curve-labels.js";
import {markPoint} from "./operating-mark.js";
import {picture, unitSquare} from "./picture.js";
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

/** The curve of another model, drawn thin and named where it runs. */
export interface OtherCurve {
  title: string;
  points: readonly RatePoint[];
}

/** Options of {@link rocPlot}. */
export interface RocPlotOptions extends ChartOptions {
  /** Where the chosen threshold sits on the curve. */
  operatingPoint?: RatePoint;
  /** Area under the curve, for the name of the picture. */
  area?: number;
  /** Interval of the sensitivity at false-positive rates. */
  band?: readonly BandPoint[];
  /** What the curve is called; named only beside others. */
  title?: string;
  others?: readonly OtherCurve[];
}

/** The lowest false-positive rate that {@link rocPlot} shows: one false alarm in ten thousand cells. */
export const lowestRate = 1e-4;

/**
 * Sensitivity against 1 − specificity, which is on a logarithmic axis: a smear has thousands of healthy cells, so that what
 * happens below 1 % is what counts. Chance is the dotted line.
 */
export function rocPlot(
  points: readonly RatePoint[],
  {width = 400, height = width, operatingPoint, area, band = [], title, others = []}: RocPlotOptions = {}
): SVGSVGElement {
  const shown = ({falsePositiveRate}: RatePoint) => falsePositiveRate >= lowestRate;
  const rates = {x: "falsePositiveRate", y: "truePositiveRate"} as const;
  const chance = Array.from({length: 41}, (_, i) => lowestRate ** (1 - i / 40));
  const plot = Plot.plot({
    width,
    height,
    marginLeft: 44,
    marginBottom: 44,
    x: {
      label: "false positive rate (1 − specificity), logarithmic",
      type: "log",
      domain: [lowestRate, 1],
      grid: true,
      ticks: [1e-4, 1e-3, 1e-2, 1e-1, 1],
      tickFormat: (rate: number) => `${Number((100 * rate).toPrecision(1))} %`
    },
    y: {label: "true positive rate (sensitivity)", domain: [0, 1], grid: true},
    marks: [
      Plot.areaY(
        band.filter(({x}) => x >= lowestRate),
        {x: "x", y1: "low", y2: "high", fill: "var(--color-parasitized)", fillOpacity: 0.22}
      ),
      Plot.line(chance, {x: (rate) => rate, y: (rate) => rate, ...faint, strokeDasharray: "3,4"}),
      ...others.map(({title, points: curve}, i) =>
        Plot.line(curve.filter(shown), {
          ...rates,
          ...faint,
          strokeWidth: 1.25,
          strokeDasharray: dashes[i % dashes.length],
          title: () => title
        })
      ),
      Plot.line(points.filter(shown), {
        ...rates,
        stroke: "var(--color-parasitized)",
        strokeWidth: 2,
        curve: "step-after"
      })
    ]
  });
  const parts = [
    area === undefined ? "" : `area ${area.toFixed(4)}`,
    operatingPoint
      ? `at the threshold, sensitivity ${operatingPoint.truePositiveRate.toFixed(3)} at a false positive rate of ${operatingPoint.falsePositiveRate.toFixed(3)}`
      : "",
    others.length > 0 ? `beside it ${others.map(({title}) => title).join(", ")}` : ""
  ].filter(Boolean);
  const drawing = picture(plot, `ROC curve: ${parts.join("; ") || `${points.length} points`}.`);
  if (title && others.length > 0) {
    nameCurves(
      drawing,
      [...others, {title, points}].map((one) =>
        curveOn(
          drawing,
          shortTitle(one.title),
          one.points.filter(shown).map(({falsePositiveRate, truePositiveRate}) => [falsePositiveRate, truePositiveRate])
        )
      )
    );
  }
  return operatingPoint ? markRates(drawing, operatingPoint) : drawing;
}

/** A title without what it says in brackets, which has no room beside a curve. */
const shortTitle = (title: string) => title.replace(/ \(.*\)$/, "");

/** Puts the ring of the operating point on a {@link rocPlot}; a rate too low for its axis stands at the edge. */
export function markRates(chart: SVGSVGElement, {falsePositiveRate, truePositiveRate}: RatePoint): SVGSVGElement {
  return markPoint(chart, {x: Math.max(lowestRate, falsePositiveRate), y: truePositiveRate});
}

const faint = {stroke: "currentColor", strokeOpacity: 0.45};

/** Line styles of other models, told apart by their dashes and their names. */
export const dashes = ["6,3", "2,3", "8,3,2,3", "1,2", "10,4", "4,2"] as const;

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

/**
 * Precision against recall as steps on square axes, with the share of parasitized cells as a floor. A curve whose average
 * precision is high is shown from .8 on, where good curves part.
 */
export function precisionRecallPlot(
  points: readonly PrecisionPoint[],
  {width = 400, height = width, averagePrecision, share, band = []}: PrecisionRecallOptions = {}
): SVGSVGElement {
  const from = averagePrecision !== undefined && averagePrecision > 0.95 ? 0.8 : 0;
  const axes = unitSquare({width, height}, "recall (sensitivity)", "precision (PPV)");
  const plot = Plot.plot({
    ...axes,
    x: {...axes.x, domain: [from, 1]},
    y: {...axes.y, domain: [from, 1]},
    marks: [
      Plot.areaY(band, {
        x: "x",
        y1: "low",
        y2: "high",
        fill: "var(--color-parasitized)",
        fillOpacity: 0.22,
        clip: from > 0
      }),
      share === undefined || share < from
        ? null
        : Plot.ruleY([share], {stroke: "currentColor", strokeOpacity: 0.4, strokeDasharray: "3,4"}),
      Plot.line(points, {
        x: "recall",
        y: "precision",
        stroke: "var(--color-parasitized)",
        strokeWidth: 2,
        curve: "step-before",
        clip: from > 0
      })
    ]
  });
  const name = averagePrecision === undefined ? `${points.length} points` : `average ${averagePrecision.toFixed(4)}`;
  return picture(plot, `Precision–recall curve: ${name}${from > 0 ? `, shown from ${from} on` : ""}.`);
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
