import * as Plot from "@observablehq/plot";
import type {ChartOptions} from "./chart-options.js";
import {picture} from "./picture.js";

/** Training loss after an optimiser step, as it was and smoothed. */
export interface StepLoss {
  fold: number;
  epoch: number;
  loss: number;
  smoothed: number;
}

/** Training loss at every step that was written down: smoothed, and as it was behind it, faint. */
export function stepLoss(
  steps: readonly StepLoss[],
  {width = 640, height = 240, log = false}: ChartOptions & {log?: boolean} = {}
): SVGSVGElement {
  const line = (y: "loss" | "smoothed", strokeOpacity: number) =>
    Plot.line(steps, {x: "epoch", y, z: "fold", stroke: "var(--color-notice)", strokeOpacity, strokeWidth: 1.5});
  const plot = Plot.plot({
    width,
    height,
    marginLeft: 52,
    marginBottom: 44,
    x: {label: "epochs trained"},
    y: {label: "loss", grid: true, nice: true, ...(log ? {type: "log", ticks: 5, tickFormat: "~g"} : {zero: false})},
    marks: [line("loss", 0.3), line("smoothed", 1)]
  });
  return picture(plot, `Training loss at ${steps.length} steps, from ${name(steps[0])} to ${name(steps.at(-1))}.`);
}

function name(step: StepLoss | undefined): string {
  return step ? step.smoothed.toFixed(3) : "none";
}
