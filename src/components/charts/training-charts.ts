import * as Plot from "@observablehq/plot";
import * as d3 from "d3";
import type {FinderPoint, Step} from "../../data/shapes/history.js";
import {picture} from "./picture.js";
import type {ChartOptions} from "./picture.js";
import {valley} from "./training-series.js";

/** One line of a training curve: a value after each epoch (1-based). */
export interface Series {
  name: string;
  colour: string;
  dashed?: boolean;
  /** Rings instead of dots at the epochs. */
  hollow?: boolean;
  /** Thin and pale, without dots: the values before smoothing. */
  faint?: boolean;
  /** Pale beside another that is highlighted. */
  dim?: boolean;
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
    y: valueScale(label, log),
    marks: [
      ...(boundary > 0 ? upright(boundary + 0.5, "all layers train", {strokeDasharray: "2,3"}) : []),
      ...(kept === undefined ? [] : upright(kept, "kept", {stroke: "var(--color-accent)", before: true})),
      ...series.flatMap(({name, colour, dashed = false, hollow = false, faint = false, dim = false, points}) => [
        Plot.line(points, {
          x: "epoch",
          y: "value",
          stroke: colour,
          strokeWidth: faint ? 1 : 2,
          strokeOpacity: dim ? 0.2 : faint ? 0.35 : 1,
          strokeDasharray: dashed ? "5,4" : undefined
        }),
        Plot.dot(faint ? [] : points, {
          x: "epoch",
          y: "value",
          stroke: colour,
          fill: hollow ? "var(--theme-background)" : colour,
          opacity: dim ? 0.2 : 1,
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

/** The scale of values that fall or rise over the epochs. */
function valueScale(label: string, log: boolean): Plot.ScaleOptions {
  return {label, grid: true, nice: true, ...(log ? {type: "log", ticks: 5, tickFormat: "~g"} : {zero: false})};
}

/** An upright line with a word beside its head, after it or before it. */
function upright(
  x: number,
  word: string,
  {
    stroke = "currentColor",
    strokeDasharray,
    before = false
  }: {stroke?: string; strokeDasharray?: string; before?: boolean}
) {
  const anchor = before ? ({textAnchor: "end", dx: -5} as const) : ({textAnchor: "start", dx: 5} as const);
  return [
    Plot.ruleX([x], {stroke, strokeDasharray, strokeOpacity: 0.7}),
    Plot.text([x], {x: (place) => place, frameAnchor: "top", ...anchor, text: () => word, fill: "currentColor"})
  ];
}

/** Training loss after an optimiser step, as it was and smoothed. */
export interface StepLoss {
  fold: number;
  epoch: number;
  loss: number;
  smoothed: number;
}

/** How a fold is drawn: in which colour, and whether pale beside another that is highlighted. */
export type FoldStyle = (fold: number) => {colour?: string | undefined; dim: boolean};

/** Training loss at every step that was written down: smoothed, and as it was behind it, faint. */
export function stepLoss(
  steps: readonly StepLoss[],
  {
    width = 640,
    height = 240,
    log = false,
    style = () => ({dim: false})
  }: ChartOptions & {log?: boolean; style?: FoldStyle} = {}
): SVGSVGElement {
  const line = (y: "loss" | "smoothed", opacity: number) =>
    Plot.line(steps, {
      x: "epoch",
      y,
      z: "fold",
      strokeWidth: 1.5,
      stroke: ({fold}) => style(fold).colour ?? "var(--color-notice)",
      strokeOpacity: ({fold}) => (style(fold).dim ? opacity / 5 : opacity)
    });
  const plot = Plot.plot({
    width,
    height,
    marginLeft: 52,
    marginBottom: 44,
    x: {label: "epochs trained"},
    y: valueScale("loss", log),
    color: {type: "identity"},
    marks: [line("loss", 0.3), line("smoothed", 1)]
  });
  return picture(plot, `Training loss at ${steps.length} steps, from ${name(steps[0])} to ${name(steps.at(-1))}.`);
}

function name(step: StepLoss | undefined): string {
  return step ? step.smoothed.toFixed(3) : "none";
}

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

/** Options of {@link learningRateFinder}. */
export interface FinderOptions extends ChartOptions {
  /** The rate that was chosen, which a line marks. */
  chosen?: number | undefined;
  /** The losses that the axis spans, so that several charts can be compared. */
  losses?: readonly [low: number, high: number];
}

/**
 * Loss against the learning rate while the rate is raised step by step, on a logarithmic rate axis; the valley is ringed and
 * the chosen rate marked.
 */
export function learningRateFinder(
  points: readonly FinderPoint[],
  {width = 640, height = 240, chosen, losses}: FinderOptions = {}
): SVGSVGElement {
  const suggested = valley(points);
  const plot = Plot.plot({
    width,
    height,
    marginLeft: 52,
    marginBottom: 44,
    x: {label: "learning rate", type: "log", tickFormat: "~e", ticks: 5},
    y: {label: "loss", grid: true, nice: true, ...(losses && {domain: losses})},
    marks: [
      ...(chosen === undefined ? [] : upright(chosen, `chosen ${chosen}`, {strokeDasharray: "2,3", before: true})),
      Plot.line(points, {x: "learningRate", y: "loss", stroke: "currentColor", strokeWidth: 1.5, clip: losses && true}),
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
  const taken = chosen === undefined ? "" : `; chosen ${chosen.toExponential(1)}`;
  return picture(plot, `Loss by learning rate: ${where}${advice}${taken}.`);
}
