import * as Plot from "@observablehq/plot";
import {formatCount} from "../ui/format.js";
import type {ChartOptions} from "./chart-options.js";
import {picture} from "./picture.js";

/** One bar of a reliability diagram, before or after temperature scaling; shares in 0…1. */
export interface ReliabilityBin {
  stage: "before" | "after";
  meanScore: number;
  positiveShare: number;
  count: number;
}

/** Share of parasitized cells against the mean score, before (rings) and after (dots) temperature; the diagonal is perfect. */
export function reliabilityPlot(
  bins: readonly ReliabilityBin[],
  {width = 400, height = width}: ChartOptions = {}
): SVGSVGElement {
  const filled = bins.filter(({count}) => count > 0);
  const of = (stage: string) => filled.filter((bin) => bin.stage === stage);
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
    width,
    height,
    marginLeft: 44,
    marginBottom: 44,
    x: {label: "mean score of the bin", domain: [0, 1], grid: true},
    y: {label: "share that is parasitized", domain: [0, 1], grid: true},
    marks: [
      Plot.link([0], {x1: 0, y1: 0, x2: 1, y2: 1, stroke: "currentColor", strokeOpacity: 0.4, strokeDasharray: "3,4"}),
      ...dots("before", "var(--color-notice)", "var(--theme-background)"),
      ...dots("after", "var(--color-accent)", "var(--color-accent)")
    ]
  });
  return picture(
    plot,
    `Reliability: ${of("before").length} bins before and ${of("after").length} after temperature scaling.`
  );
}
