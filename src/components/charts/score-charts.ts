import * as Plot from "@observablehq/plot";
import type {CalibrationBin} from "../metrics/index.js";
import {setAttributes} from "../ui/element.js";
import {formatCount} from "../ui/format.js";
import {diagonal, picture, unitSquare} from "./picture.js";
import type {ChartOptions} from "./picture.js";

/** Cells of each label with log-odds in [low, high). */
export interface HistogramBin {
  bin: number;
  low: number;
  high: number;
  parasitized: number;
  uninfected: number;
}

const ticks = [0.01, 0.1, 0.5, 0.9, 0.99];

/**
 * Cells by score, on an axis even in log-odds: parasitized above the line, uninfected below it. Counts are on a symmetric
 * logarithmic axis, so that a few cells on the wrong side are seen beside thousands on the right one.
 */
export function scoreHistogram(
  bins: readonly HistogramBin[],
  {width = 640, height = 280}: ChartOptions = {}
): SVGSVGElement {
  const odds = (score: number) => Math.log(score / (1 - score));
  const share = (logOdds: number) => (1 / (1 + Math.exp(-logOdds))).toFixed(3);
  const bars = (label: "parasitized" | "uninfected", sign: 1 | -1) =>
    Plot.rectY(bins, {
      x1: "low",
      x2: "high",
      y1: 0,
      y2: (bin) => sign * bin[label],
      fill: `var(--color-${label})`,
      inset: 0.5,
      className: `bars-${label}`,
      title: (bin) =>
        `${formatCount(bin[label])} ${label}, scored ${[bin.low, bin.high].map((end) => share(end)).join(" to ")}`
    });
  const plot = Plot.plot({
    width,
    height,
    marginLeft: 52,
    marginTop: 32,
    marginBottom: 44,
    x: {
      label: "score P(parasitized), even in log-odds",
      domain: [bins[0]!.low, bins.at(-1)!.high],
      ticks: ticks.map(odds),
      tickFormat: (value: number) => (1 / (1 + Math.exp(-value))).toFixed(2)
    },
    y: {
      label: "cells, logarithmic",
      type: "symlog",
      constant: 3,
      grid: true,
      nice: true,
      ticks: [10, 100, 1000, 10_000].flatMap((count) => [-count, count]).concat(0),
      tickFormat: (count: number) => formatCount(Math.abs(count))
    },
    marks: [bars("parasitized", 1), bars("uninfected", -1), Plot.ruleY([0])]
  });
  for (const label of ["parasitized", "uninfected"]) {
    plot.querySelectorAll(`g[fill="var(--color-${label})"] rect`).forEach((bar, i) => {
      bar.setAttribute("data-bin", String(bins[i]!.bin));
      bar.setAttribute("data-label", label);
    });
  }
  const count = (label: "parasitized" | "uninfected") =>
    `${formatCount(bins.reduce((sum, bin) => sum + bin[label], 0))} ${label}`;
  return picture(plot, `Scores of ${count("parasitized")} and ${count("uninfected")} cells in ${bins.length} bars.`);
}

/** One bar of a reliability diagram, before or after temperature scaling. */
export type ReliabilityBin = Pick<CalibrationBin, "meanScore" | "positiveShare" | "count"> & {
  stage: "before" | "after";
  /** Interval of the share that is parasitized. */
  interval?: {low: number; high: number};
  /** The cells behind the dot, as `data-part` of its mark. */
  part?: string;
};

/** How much of the height the bars of the reliability diagram take at most. */
const foot = 0.18;

/**
 * Share of parasitized cells against the mean score, before (rings) and after (dots) temperature, the latter with their
 * intervals; the diagonal is perfect. Bars at the foot count the cells of each bin after temperature, on a logarithmic scale.
 */
export function reliabilityPlot(bins: readonly ReliabilityBin[], size: ChartOptions = {}): SVGSVGElement {
  const filled = bins.filter(({count}) => count > 0);
  const of = (stage: string) => filled.filter((bin) => bin.stage === stage);
  const after = of("after");
  const most = Math.log10(1 + Math.max(1, ...after.map(({count}) => count)));
  const dots = (stage: "before" | "after", stroke: string, fill: string) => [
    Plot.line(of(stage), {
      x: "meanScore",
      y: "positiveShare",
      stroke,
      strokeDasharray: stage === "before" ? "5,4" : undefined
    }),
    Plot.dot(of(stage), {
      x: "meanScore",
      y: "positiveShare",
      r: 4,
      stroke,
      fill,
      title: (bin) =>
        `${stage} temperature: ${formatCount(bin.count)} cells, mean score ${bin.meanScore.toFixed(3)}, ${bin.positiveShare.toFixed(3)} parasitized`
    })
  ];
  const plot = Plot.plot({
    ...unitSquare(size, "mean score of the bin", "share that is parasitized"),
    marks: [
      diagonal(),
      Plot.rectY(after, {
        x1: ({meanScore}: ReliabilityBin) => Math.max(0, meanScore - 0.02),
        x2: ({meanScore}: ReliabilityBin) => Math.min(1, meanScore + 0.02),
        y1: 0,
        y2: ({count}: ReliabilityBin) => (foot * Math.log10(1 + count)) / most,
        fill: "currentColor",
        fillOpacity: 0.15
      }),
      Plot.link(
        after.filter(({interval}) => interval),
        {
          x1: "meanScore",
          x2: "meanScore",
          y1: ({interval}: ReliabilityBin) => interval!.low,
          y2: ({interval}: ReliabilityBin) => interval!.high,
          stroke: "var(--color-accent)",
          strokeOpacity: 0.6
        }
      ),
      ...dots("before", "var(--color-notice)", "var(--theme-background)"),
      ...dots("after", "var(--color-accent)", "var(--color-accent)")
    ]
  });
  const drawn = [...of("before"), ...of("after")];
  plot.querySelectorAll("circle").forEach((dot, i) => {
    const {part} = drawn[i]!;
    if (part) setAttributes(dot, {"data-part": part, "data-kind": "all"});
  });
  return picture(
    plot,
    `Reliability: ${of("before").length} bins before and ${of("after").length} after temperature scaling.`
  );
}
