import * as Plot from "@observablehq/plot";
import type {ChartOptions} from "./chart-options.js";
import {picture} from "./picture.js";

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
