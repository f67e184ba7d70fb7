import * as Plot from "@observablehq/plot";
import type {ChartOptions} from "../charts/picture.js";
import {picture} from "../charts/picture.js";

/** A figure of a part of the cells with its interval by patient; null where it cannot be told. */
export interface SubgroupFigure {
  estimate: number | null;
  low: number | null;
  high: number | null;
}

/** What the network reaches on one part of the cells. */
export interface SubgroupRow {
  /** What the cells are parted by, such as `brightness`. */
  factor: string;
  /** Which part, such as `up to 0.61`. */
  group: string;
  cells: number;
  patients: number;
  accuracy: SubgroupFigure;
  sensitivity: SubgroupFigure;
  specificity: SubgroupFigure;
  rocArea: SubgroupFigure;
}

/** The accuracy of each part as a dot with its 95 % interval as a line, one factor below the other. */
export function subgroupChart(
  rows: readonly SubgroupRow[],
  {width = 640, height = 24 * rows.length + 60}: ChartOptions = {}
): SVGSVGElement {
  const marks = rows.map(({factor, group, accuracy}) => ({part: `${factor}: ${group}`, ...accuracy}));
  const known = marks.filter(({estimate}) => estimate !== null);
  const least = Math.min(0.9, ...marks.flatMap(({estimate, low}) => [estimate ?? 1, low ?? 1]));
  const chart = Plot.plot({
    width,
    height,
    marginLeft: 190,
    marginRight: 16,
    marginBottom: 40,
    x: {label: "accuracy", grid: true, domain: [Math.floor(20 * least) / 20, 1], ticks: width < 480 ? 3 : 6},
    y: {label: null, domain: marks.map(({part}) => part)},
    marks: [
      Plot.ruleY(
        known.filter(({low}) => low !== null),
        {x1: "low", x2: "high", y: "part", stroke: "currentColor", strokeWidth: 1.5}
      ),
      Plot.dot(known, {x: "estimate", y: "part", r: 4, fill: "var(--color-accent)"})
    ]
  });
  const worst = known.reduce((lowest, row) => (row.estimate! < lowest.estimate! ? row : lowest), known[0]!);
  return picture(
    chart,
    `Accuracy of ${known.length} parts of the cells with 95 % intervals; the lowest is ${worst.estimate!.toFixed(3)}, for ${worst.part}.`
  );
}
