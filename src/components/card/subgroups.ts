import * as Plot from "@observablehq/plot";
import type {Subgroup} from "../../data/shapes/report.js";
import type {ChartOptions} from "../charts/picture.js";
import {picture} from "../charts/picture.js";
import {formatWithInterval} from "../ui/format.js";

/** Whether there is a number: what nothing defines is NaN, and null once it has been JSON. */
const isKnown = (value: number) => Number.isFinite(value);

/** The accuracy of each part as a dot with its 95 % interval as a line, one factor below the other. */
export function subgroupChart(
  rows: readonly Subgroup[],
  {width = 640, height = 24 * rows.length + 60}: ChartOptions = {}
): SVGSVGElement {
  const marks = rows.map(({factor, group, figures}) => ({part: `${factor}: ${group}`, ...figures.accuracy}));
  const known = marks.filter(({estimate}) => isKnown(estimate));
  const least = Math.min(0.9, ...marks.flatMap(({estimate, low}) => [estimate, low].filter(isKnown)));
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
        known.filter(({low}) => isKnown(low)),
        {x1: "low", x2: "high", y: "part", stroke: "currentColor", strokeWidth: 1.5}
      ),
      Plot.dot(known, {x: "estimate", y: "part", r: 4, fill: "var(--color-accent)"})
    ]
  });
  const worst = known.reduce((lowest, row) => (row.estimate < lowest.estimate ? row : lowest), known[0]!);
  return picture(
    chart,
    `Accuracy of ${known.length} parts of the cells with 95 % intervals; the lowest is ${worst.estimate.toFixed(3)}, for ${worst.part}.`
  );
}

/** Rows of the table behind the chart: every figure with its interval, or a dash where it cannot be told. */
export function subgroupTable(rows: readonly Subgroup[]): Record<string, string | number>[] {
  return rows.map(({factor, group, cells, patients, figures}) => ({
    part: `${factor}: ${group}`,
    cells,
    patients,
    accuracy: formatWithInterval(figures.accuracy),
    sensitivity: formatWithInterval(figures.sensitivity),
    specificity: formatWithInterval(figures.specificity),
    "area under the ROC curve": formatWithInterval(figures.rocArea)
  }));
}
