import * as Plot from "@observablehq/plot";
import * as d3 from "d3";
import {setAttributes, svgElement} from "../ui/element.js";
import {picture} from "./picture.js";
import type {ChartOptions} from "./picture.js";

/** A figure and its interval; all in 0…1, NaN or null where it is not defined. */
export interface IntervalDot {
  /** The line that the dot stands on; lines keep the order in which they first appear. */
  row: string;
  /** The panel; panels keep their order too. */
  figure: string;
  estimate: number;
  low: number;
  high: number;
  /** A hollow dot: a summary of others, or a figure that was made in another way; below the other one on its line. */
  hollow?: boolean;
  /** The cells behind the dot, as `data-part` and `data-kind` of its mark: which of them, and what the network said. */
  part?: string;
  kind?: string;
}

/** Options of {@link intervalDots}. */
export interface IntervalDotsOptions extends ChartOptions {
  /** What the dots are, for the name of the picture: "Figures of each fold". */
  label: string;
}

/** From this width on, in CSS pixels, panels stand side by side. */
const wide = 880;
/** Height of a line, of one with a hollow dot below the other, and how far both are from its middle, in CSS pixels. */
const [lineHeight, pairHeight, apart] = [20, 30, 6];

/**
 * One panel a figure, one below the other or, on a wide chart, side by side, on a common axis; in it one line a row with
 * its dot and its interval.
 */
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
  const key = ({row, figure}: IntervalDot) => `${row} ${figure}`;
  const [below, above] = [true, false].map(
    (hollow) => new Set(shown.filter((dot) => !!dot.hollow === hollow).map(key))
  );
  const isPair = (dot: IntervalDot) => below!.has(key(dot)) && above!.has(key(dot));
  const layers = [
    {dy: 0, dots: shown.filter((dot) => !isPair(dot))},
    {dy: -apart, dots: shown.filter((dot) => isPair(dot) && !dot.hollow)},
    {dy: apart, dots: shown.filter((dot) => isPair(dot) && dot.hollow)}
  ];
  const panel = 30 + (layers[2]!.dots.length ? pairHeight : lineHeight) * rows.length;
  const facet = width < wide ? "fy" : "fx";
  const plot = Plot.plot({
    width,
    height: height ?? 60 + (facet === "fy" ? figures.length : 1) * panel,
    marginLeft: Math.min(0.5 * width, 16 + 6.4 * letters),
    marginRight: 16,
    marginTop: 34,
    marginBottom: 44,
    x: {
      label: null,
      grid: true,
      nice: true,
      domain: [least, most],
      ticks: Math.max(3, width / (facet === "fy" ? 110 : 110 * figures.length))
    },
    y: {label: null, domain: rows, tickSize: 0},
    [facet]: {label: null, domain: figures, axis: null, padding: facet === "fy" ? 30 / panel : 0.05},
    marks: [
      Plot.frame({strokeOpacity: 0.15}),
      Plot.text(figures, {
        [facet]: (name: string) => name,
        text: (name) => name,
        frameAnchor: "top-left",
        dy: -14,
        fontWeight: 600
      }),
      ...layers.flatMap(({dy, dots}) => [
        Plot.link(
          dots.filter(({low, high}) => Number.isFinite(low) && Number.isFinite(high)),
          {
            [facet]: "figure",
            y1: "row",
            y2: "row",
            x1: "low",
            x2: "high",
            dy,
            stroke: "var(--color-accent)",
            strokeWidth: 2
          }
        ),
        Plot.dot(dots, {
          [facet]: "figure",
          y: "row",
          x: "estimate",
          dy,
          r: 4,
          stroke: "var(--color-accent)",
          strokeWidth: 2,
          fill: ({hollow}: IntervalDot) => (hollow ? "var(--theme-background)" : "var(--color-accent)"),
          title: ({row, figure, estimate, low, high}: IntervalDot) =>
            `${row}, ${figure}: ${[estimate, low, high].map((value) => (Number.isFinite(value) ? value.toFixed(4) : "n/a")).join(", ")}`
        })
      ])
    ]
  });
  // Plot draws layer by layer, and each panel by panel.
  const drawn = layers.flatMap(({dots}) => figures.flatMap((figure) => dots.filter((dot) => dot.figure === figure)));
  plot.querySelectorAll("circle").forEach((mark, i) => {
    const {part, kind} = drawn[i]!;
    if (part) setAttributes(mark, {"data-part": part, "data-kind": kind});
  });
  return picture(plot, `${label}: ${figures.join(", ")} of ${rows.length} rows, with intervals.`);
}

/** What scores are worth at one level of a change; rates in 0…1. */
export interface ChangedRates {
  /** The level in words: "15", or "none" for the pictures as they are. */
  level: string;
  rocArea: number;
  sensitivity: number;
  specificity: number;
  /** Address of a cell that was changed so. */
  picture?: string;
}

/** One change and its levels, in the order in which they are drawn. */
export interface ChangePanel {
  title: string;
  points: readonly ChangedRates[];
}

/** How each of the three rates is drawn. */
export const rateStyles = {
  rocArea: {label: "area under the ROC curve", colour: "var(--color-notice)", shape: "line"},
  sensitivity: {label: "sensitivity", colour: "var(--color-parasitized)", shape: "line"},
  specificity: {label: "specificity", colour: "var(--color-uninfected)", shape: "dashed"}
} as const;

const names = Object.keys(rateStyles) as (keyof typeof rateStyles)[];

/** The lowest rate that has a place of its own; what is lower stands at the edge with its value. */
const lowest = 0.9;
const [panelWidth, panelHeight, pictureSide] = [250, 190, 30];

/**
 * Small multiples: the three rates against the level of each change, from the pictures as they are to those that are
 * changed most, with a cell at each level. Rates go from .9 to 1 in all panels; where one is lower, a mark at the edge
 * says its value. Levels stand side by side at equal distances, since each change has a unit of its own.
 */
export function robustnessPlot(panels: readonly ChangePanel[], {width: space = 640}: ChartOptions = {}): SVGSVGElement {
  const columns = Math.max(1, Math.min(panels.length, Math.floor(space / panelWidth)));
  const width = Math.floor(space / columns);
  const height = panelHeight * Math.ceil(panels.length / columns);
  const groups = panels.map((panel, i) => {
    const place = `translate(${(i % columns) * width},${Math.floor(i / columns) * panelHeight})`;
    const text = {fill: "currentColor", "font-family": "system-ui, sans-serif", "text-anchor": "middle"};
    return svgElement("g", {transform: place}, text, ...panelOf(panel, width).children);
  });
  const drawing = svgElement("svg", {width: space, height, viewBox: `0 0 ${space} ${height}`}, ...groups);
  const titles = panels.map(({title}) => title).join("; ");
  return picture(drawing, `Area under the ROC curve, sensitivity and specificity after changes: ${titles}.`);
}

function panelOf({title, points}: ChangePanel, width: number) {
  const pictured = points.filter((point) => point.picture);
  const shown = (value: number) => Math.max(lowest, value);
  return Plot.plot({
    width,
    height: panelHeight,
    marginLeft: 40,
    marginRight: 16,
    marginTop: 28,
    marginBottom: 28 + pictureSide,
    x: {type: "point", label: null, domain: points.map(({level}) => level)},
    y: {label: null, grid: true, domain: [lowest, 1], ticks: 4},
    marks: [
      Plot.text([title], {frameAnchor: "top-left", dy: -20, text: (name) => name, fontWeight: 600}),
      Plot.image(pictured, {
        x: "level",
        frameAnchor: "bottom",
        dy: 26 + pictureSide / 2,
        width: pictureSide,
        height: pictureSide,
        src: "picture"
      }),
      ...names.flatMap((name) => {
        const {colour, shape, label} = rateStyles[name];
        const strokeDasharray = shape === "dashed" ? "5,3" : undefined;
        const words = (point: ChangedRates) => `${title}, ${point.level}: ${label} ${point[name].toFixed(4)}`;
        const y = (point: ChangedRates) => shown(point[name]);
        const gone = points.filter((point) => point[name] < lowest);
        return [
          Plot.line(points, {x: "level", y, stroke: colour, strokeWidth: 1.5, strokeDasharray}),
          Plot.dot(points, {
            x: "level",
            y,
            fill: colour,
            title: words,
            symbol: (point: ChangedRates) => (point[name] < lowest ? "triangle" : "circle"),
            r: 2.5
          }),
          Plot.text(gone, {
            x: "level",
            y: () => lowest,
            textAnchor: "end",
            dx: -7,
            dy: -4 - 12 * names.indexOf(name),
            fill: "currentColor",
            stroke: "var(--theme-background)",
            strokeWidth: 3,
            fontWeight: 600,
            text: (point: ChangedRates) => `${point[name].toFixed(2)} ↓`
          })
        ];
      })
    ]
  });
}
