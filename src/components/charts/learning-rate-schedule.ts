import * as Plot from "@observablehq/plot";
import * as d3 from "d3";
import type {Step} from "../../data/shapes/history.js";
import type {ChartOptions} from "./chart-options.js";
import {picture} from "./picture.js";

/** Learning rate of each layer group against the (fractional) epoch, on a logarithmic axis. */
export function learningRateSchedule(
  steps: readonly Step[],
  {width = 640, height = 240}: ChartOptions = {}
): SVGSVGElement {
  const groups = Math.max(0, ...steps.map((step) => step.learningRates.length));
  // A frozen group has rate 0, which a logarithmic axis can't show: its line is left open there.
  const points = steps.flatMap(({epoch, learningRates}) =>
    learningRates.map((rate, group) => ({epoch, group, rate: rate > 0 ? rate : NaN}))
  );
  const positive = points.filter((point) => point.rate > 0).map((point) => point.rate);
  const [low = 1, high = 1] = d3.extent(positive);
  const decades = d3
    .range(Math.ceil(Math.log10(low)), Math.floor(Math.log10(high)) + 1)
    .map((exponent) => Number(`1e${exponent}`));
  const plot = Plot.plot({
    width,
    height,
    marginLeft: 60,
    marginBottom: 44,
    x: {label: "epochs trained"},
    y: {label: "learning rate", type: "log", grid: true, tickFormat: "~e", ticks: decades},
    marks: [
      Plot.line(points, {
        x: "epoch",
        y: "rate",
        z: "group",
        stroke: "currentColor",
        strokeOpacity: (point) => (point.group + 1) / groups,
        strokeWidth: 1.5
      })
    ]
  });
  const peak = positive.length ? Math.max(...positive).toExponential(1) : "none";
  return picture(plot, `Learning rate by epoch for ${groups} groups of layers; highest rate ${peak}.`);
}
