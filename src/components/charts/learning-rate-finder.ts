import * as Plot from "@observablehq/plot";
import * as d3 from "d3";
import type {FinderPoint} from "../../data/shapes/history.js";
import type {ChartOptions} from "./chart-options.js";
import {picture} from "./picture.js";
import {valley} from "./valley.js";

/** Loss against the learning rate while the rate is raised step by step, on a logarithmic rate axis; the valley is ringed. */
export function learningRateFinder(
  points: readonly FinderPoint[],
  {width = 640, height = 240}: ChartOptions = {}
): SVGSVGElement {
  const suggested = valley(points);
  const plot = Plot.plot({
    width,
    height,
    marginLeft: 52,
    marginBottom: 44,
    x: {label: "learning rate", type: "log", tickFormat: "~e", ticks: 5},
    y: {label: "loss", grid: true, nice: true},
    marks: [
      Plot.line(points, {x: "learningRate", y: "loss", stroke: "currentColor", strokeWidth: 1.5}),
      ...(suggested
        ? [
            Plot.dot([suggested], {x: "learningRate", y: "loss", r: 5, stroke: "var(--color-accent)", strokeWidth: 2}),
            Plot.text([suggested], {
              x: "learningRate",
              y: "loss",
              dy: -14,
              fill: "currentColor",
              text: (point) => `valley ${point.learningRate.toExponential(1)}`
            })
          ]
        : [])
    ]
  });
  const lowest = d3.least(points, (point) => point.loss);
  const where = lowest
    ? `lowest loss ${lowest.loss.toFixed(3)} at ${lowest.learningRate.toExponential(1)}`
    : "no points";
  const advice = suggested ? `; valley at ${suggested.learningRate.toExponential(1)}` : "";
  return picture(plot, `Loss by learning rate: ${where}${advice}.`);
}
