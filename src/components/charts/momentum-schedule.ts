import * as Plot from "@observablehq/plot";
import * as d3 from "d3";
import type {Step} from "../../data/shapes/history.js";
import type {ChartOptions} from "./chart-options.js";
import {picture} from "./picture.js";

/** Momentum against the (fractional) epoch. */
export function momentumSchedule(
  steps: readonly Pick<Step, "epoch" | "momentum">[],
  {width = 640, height = 160}: ChartOptions = {}
): SVGSVGElement {
  const plot = Plot.plot({
    width,
    height,
    marginLeft: 60,
    marginBottom: 44,
    x: {label: "epochs trained"},
    y: {label: "momentum", grid: true, nice: true, ticks: 4},
    marks: [Plot.line(steps, {x: "epoch", y: "momentum", stroke: "currentColor", strokeWidth: 1.5})]
  });
  const [low = NaN, high = NaN] = d3.extent(steps, (step) => step.momentum);
  return picture(plot, `Momentum by epoch, between ${low.toFixed(3)} and ${high.toFixed(3)}.`);
}
