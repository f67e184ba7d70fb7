import * as Plot from "@observablehq/plot";
import * as d3 from "d3";
import type {ChartOptions} from "./chart-options.js";
import {picture} from "./picture.js";

/** A figure and its interval; all in 0…1, NaN or null where it is not defined. */
export interface IntervalDot {
  /** The line that the dot stands on; lines keep the order in which they first appear. */
  row: string;
  /** The panel; panels keep their order too. */
  figure: string;
  estimate: number;
  low: number;
  high: number;
  /** A hollow dot: a summary of others, or a figure that was made in another way. */
  hollow?: boolean;
}

/** Options of {@link intervalDots}. */
export interface IntervalDotsOptions extends ChartOptions {
  /** What the dots are, for the name of the picture: "Figures of each fold". */
  label: string;
}

/** One panel a figure, one below the other on a common axis; in it one line a row with its dot and its interval. */
export function intervalDots(
  dots: readonly IntervalDot[],
  {width = 640, height, label}: IntervalDotsOptions
): SVGSVGElement {
  const shown = dots.filter(({estimate}) => Number.isFinite(estimate));
  const rows = [...new Set(shown.map(({row}) => row))];
  const figures = [...new Set(shown.map(({figure}) => figure))];
  const letters = d3.max(rows, (row) => row.length) ?? 0;
  const least = d3.min(shown, ({estimate, low}) => (Number.isFinite(low) ? Math.min(estimate, low) : estimate)) ?? 0;
  const most = d3.max(shown, ({estimate, high}) => (Number.isFinite(high) ? Math.max(estimate, high) : estimate)) ?? 1;
  const panel = 30 + 20 * rows.length;
  const plot = Plot.plot({
    width,
    height: height ?? 60 + figures.length * panel,
    marginLeft: Math.min(0.5 * width, 16 + 6.4 * letters),
    marginRight: 16,
    marginTop: 34,
    marginBottom: 44,
    x: {label: null, grid: true, nice: true, domain: [least, most], ticks: Math.max(3, width / 110)},
    y: {label: null, domain: rows, tickSize: 0},
    fy: {label: null, domain: figures, axis: null, padding: 30 / panel},
    marks: [
      Plot.frame({strokeOpacity: 0.15}),
      Plot.text(figures, {fy: (name) => name, text: (name) => name, frameAnchor: "top-left", dy: -14, fontWeight: 600}),
      Plot.link(
        shown.filter(({low, high}) => Number.isFinite(low) && Number.isFinite(high)),
        {fy: "figure", y1: "row", y2: "row", x1: "low", x2: "high", stroke: "var(--color-accent)", strokeWidth: 2}
      ),
      Plot.dot(shown, {
        fy: "figure",
        y: "row",
        x: "estimate",
        r: 4,
        stroke: "var(--color-accent)",
        strokeWidth: 2,
        fill: ({hollow}: IntervalDot) => (hollow ? "var(--theme-background)" : "var(--color-accent)"),
        title: ({row, figure, estimate, low, high}: IntervalDot) =>
          `${row}, ${figure}: ${[estimate, low, high].map((value) => (Number.isFinite(value) ? value.toFixed(4) : "n/a")).join(", ")}`
      })
    ]
  });
  return picture(plot, `${label}: ${figures.join(", ")} of ${rows.length} rows, with intervals.`);
}
