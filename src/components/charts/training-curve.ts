import * as Plot from "@observablehq/plot";
import * as d3 from "d3";
import type {ChartOptions} from "./chart-options.js";
import {picture} from "./picture.js";

/** One line of a training curve: a value after each epoch (1-based). */
export interface Series {
  name: string;
  colour: string;
  dashed?: boolean;
  /** Rings instead of dots at the epochs. */
  hollow?: boolean;
  /** Thin and pale, without dots: the values before smoothing. */
  faint?: boolean;
  points: readonly {epoch: number; value: number}[];
}

/** Options of {@link trainingCurve}. */
export interface TrainingCurveOptions extends ChartOptions {
  /** What the values are: "loss", "accuracy". */
  label?: string;
  /** Number of frozen epochs at the start; a line is drawn where everything begins to train. */
  boundary?: number;
  /** The epoch whose weights were kept. */
  kept?: number;
  /** A logarithmic axis of values. */
  log?: boolean;
}

/** A value against the epoch, one line a series, with the point marked from which all layers train. */
export function trainingCurve(
  series: readonly Series[],
  {width = 640, height = 280, label = "loss", boundary = 0, kept, log = false}: TrainingCurveOptions = {}
): SVGSVGElement {
  const [first = 1, last = 1] = d3.extent(
    series.flatMap(({points}) => points),
    (point) => point.epoch
  );
  const plot = Plot.plot({
    width,
    height,
    marginLeft: 52,
    marginBottom: 44,
    x: {label: "epoch", domain: [Math.min(first, 0.5), last + 0.5], ticks: d3.range(first, last + 1), tickFormat: "d"},
    y: {label, grid: true, nice: true, ...(log ? {type: "log", ticks: 5, tickFormat: "~g"} : {zero: false})},
    marks: [
      ...(boundary > 0
        ? [
            Plot.ruleX([boundary + 0.5], {stroke: "currentColor", strokeDasharray: "2,3", strokeOpacity: 0.7}),
            Plot.text([boundary + 0.5], {
              x: (x) => x,
              frameAnchor: "top",
              textAnchor: "start",
              dx: 5,
              text: () => "all layers train",
              fill: "currentColor"
            })
          ]
        : []),
      ...(kept === undefined
        ? []
        : [
            Plot.ruleX([kept], {stroke: "var(--color-accent)", strokeOpacity: 0.7}),
            Plot.text([kept], {
              x: (x) => x,
              frameAnchor: "top",
              textAnchor: "end",
              dx: -5,
              text: () => "kept",
              fill: "currentColor"
            })
          ]),
      ...series.flatMap(({name, colour, dashed = false, hollow = false, faint = false, points}) => [
        Plot.line(points, {
          x: "epoch",
          y: "value",
          stroke: colour,
          strokeWidth: faint ? 1 : 2,
          strokeOpacity: faint ? 0.35 : 1,
          strokeDasharray: dashed ? "5,4" : undefined
        }),
        Plot.dot(faint ? [] : points, {
          x: "epoch",
          y: "value",
          stroke: colour,
          fill: hollow ? "var(--theme-background)" : colour,
          r: 3.5,
          title: (point) => `${name}, epoch ${point.epoch}: ${point.value.toFixed(4)}`
        })
      ])
    ]
  });
  const ends = series.flatMap(({name, faint, points}) => {
    if (faint) return [];
    const end = points.at(-1);
    return end ? [`${name} ${end.value.toFixed(3)} after epoch ${end.epoch}`] : [];
  });
  return picture(plot, `${label} by epoch: ${ends.join("; ")}.`);
}
