import {formatFigure} from "../ui/format.js";
import type {SubgroupFigure, SubgroupRow} from "./subgroup-chart.js";

/** Rows of the table behind the chart: every figure with its interval, or a dash where it cannot be told. */
export function subgroupTable(rows: readonly SubgroupRow[]): Record<string, string | number>[] {
  return rows.map(({factor, group, cells, patients, accuracy, sensitivity, specificity, rocArea}) => ({
    part: `${factor}: ${group}`,
    cells,
    patients,
    accuracy: withInterval(accuracy),
    sensitivity: withInterval(sensitivity),
    specificity: withInterval(specificity),
    "area under the ROC curve": withInterval(rocArea)
  }));
}

/** "0.972 (0.965–0.980)"; without the brackets where there is no interval, a dash where there is no figure. */
export function withInterval({estimate, low, high}: SubgroupFigure): string {
  if (estimate === null) return "–";
  return low === null || high === null
    ? formatFigure(estimate)
    : `${formatFigure(estimate)} (${formatFigure(low)}–${formatFigure(high)})`;
}
