import * as Plot from "@observablehq/plot";
import * as d3 from "d3";
import {picture} from "../../charts/picture.js";
import {element} from "../../ui/element.js";
import {formatFigure} from "../../ui/format.js";
import type {View} from "../../ui/view.js";
import type {AugTransformsOptions} from "../draw.js";
import {cumulative, laws, poseProbabilities} from "../laws.js";
import type {Law} from "../laws.js";
import type {Draw} from "../types.js";
import {drawAll} from "./current.js";
import type {Current} from "./current.js";
import {transformOptions} from "./settings.js";

/** One bar: what was drawn against what the law expects. */
export interface Bar {
  low: number;
  high: number;
  drawn: number;
  expected: number;
}

/** The draws of one parameter in equal bars over its range, those with an open gate only. */
export function bars(law: Law, draws: readonly Draw[], count = 20): Bar[] {
  const values = draws.map((draw) => draw[law.parameter]).filter((value) => value !== undefined);
  const width = (law.high - law.low) / count;
  return d3.range(count).map((i) => {
    const low = law.low + i * width;
    const high = i + 1 === count ? law.high : low + width;
    const drawn = values.filter((value) => value >= low && (value < high || i + 1 === count)).length;
    return {low, high, drawn, expected: draws.length * law.gate * (cumulative(law, high) - cumulative(law, low))};
  });
}

const names: Record<Law["parameter"], string> = {
  degrees: "Rotation, degrees (max_rotate)",
  zoom: "Zoom (min_zoom, max_zoom)",
  warpX: "Warp x (max_warp)",
  warpY: "Warp y (max_warp)",
  brightness: "Brightness (max_lighting)",
  contrast: "Contrast (max_lighting)"
};

/** Standard deviations beyond which chance hardly brings the furthest of some twenty bars. */
const UNLIKELY = 4;

/** Whether bars follow their law, by the one that is furthest off: each count is binomial. */
export function lawFinding(data: readonly Pick<Bar, "drawn" | "expected">[], draws: number): string {
  const off = ({drawn, expected}: Pick<Bar, "drawn" | "expected">) =>
    expected > 0 ? Math.abs(drawn - expected) / Math.sqrt(expected * (1 - expected / draws)) : drawn ? Infinity : 0;
  const furthest = d3.max(data, (bar) => (Number.isNaN(off(bar)) ? 0 : off(bar))) ?? 0;
  return `${furthest < UNLIKELY ? "As its law says" : "Not as its law says"}: no bar is more than ${formatFigure(furthest, 1)} standard deviations away`;
}

/** What is drawn, above what it shows. */
const head = (name: string, finding: string) =>
  element(
    "div",
    {class: "figure-head"},
    element("p", {class: "figure-name"}, name),
    element("h3", {class: "figure-finding"}, finding)
  );

/** How many draws the histograms count. */
const histogramDraws = 2000;

/** Histograms of many draws from the same seed, drawn anew when the settings have come to rest. */
export function lawsView(): View<Current> {
  const node = element("div");
  return {
    node,
    update({settings, problem}, fresh) {
      if (!fresh || problem) return;
      const {draws} = drawAll(settings, histogramDraws);
      node.replaceChildren(histograms(draws, transformOptions(settings)));
    }
  };
}

/** Small histograms of all parameters, each with its law as a line and its gate rate in words. */
export function histograms(draws: readonly Draw[], options: AugTransformsOptions): HTMLElement {
  const parts = laws(options).map((law) => {
    const drawn = draws.filter((draw) => draw[law.parameter] !== undefined).length / draws.length;
    const name = names[law.parameter];
    if (law.gate === 0) return element("figure", head(name, "Switched off."));
    const rate = `On in ${(100 * drawn).toFixed(1)} % of the draws; the law says ${(100 * law.gate).toFixed(0)} %.`;
    const finding = lawFinding(bars(law, draws), draws.length);
    return element("figure", head(name, finding), histogram(law, draws), element("figcaption", rate));
  });
  return element("div", {class: "histograms"}, ...parts, poses(draws, options));
}

function histogram(law: Law, draws: readonly Draw[]): SVGSVGElement {
  const data = bars(law, draws);
  const drawing = Plot.plot({
    width: 260,
    height: 130,
    marginLeft: 34,
    marginBottom: 24,
    x: {domain: [law.low, law.high], ticks: 5, label: null},
    y: {label: null, ticks: 4, nice: true},
    marks: [
      Plot.rectY(data, {
        x1: "low",
        x2: "high",
        y: "drawn",
        fill: "var(--color-accent)",
        fillOpacity: 0.45,
        insetRight: 1
      }),
      Plot.lineY(data, {
        x: ({low, high}: Bar) => (low + high) / 2,
        y: "expected",
        stroke: "currentColor",
        strokeWidth: 2
      }),
      Plot.ruleY([0])
    ]
  });
  const total = d3.sum(data, ({drawn}) => drawn);
  const off = d3.max(data, ({drawn, expected}) => Math.abs(drawn - expected))!;
  return picture(
    drawing,
    `Histogram of ${names[law.parameter]}: ${total} draws from ${law.low.toPrecision(3).replace("-", "−")} to ${law.high.toPrecision(3)}; no bar is more than ${off.toFixed(0)} draws off its law.`
  );
}

function poses(draws: readonly Draw[], options: AugTransformsOptions): HTMLElement {
  const expected = poseProbabilities(options);
  const count = (pose: number) => draws.filter((draw) => (draw.dihedral ?? (draw.flip ? 1 : 0)) === pose).length;
  const data = expected
    .map((share, pose) => ({pose: String(pose), drawn: count(pose), expected: share * draws.length}))
    .filter(({expected}) => expected > 0);
  const drawing = Plot.plot({
    width: 260,
    height: 130,
    marginLeft: 34,
    marginBottom: 24,
    x: {label: null, type: "band"},
    y: {label: null, ticks: 4, nice: true},
    marks: [
      Plot.barY(data, {x: "pose", y: "drawn", fill: "var(--color-accent)", fillOpacity: 0.45}),
      Plot.tickY(data, {x: "pose", y: "expected", stroke: "currentColor", strokeWidth: 2}),
      Plot.ruleY([0])
    ]
  });
  const text = data
    .map(({pose, drawn, expected}) => `pose ${pose} drawn ${drawn} times, expected ${expected}`)
    .join("; ");
  return element(
    "figure",
    head("Pose (do_flip, flip_vert)", lawFinding(data, draws.length)),
    picture(drawing, `Poses: ${text}.`),
    element("figcaption", "0 as it is, 1 mirrored; with flip_vert the eight poses of a square.")
  );
}
