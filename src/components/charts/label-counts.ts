import * as Plot from "@observablehq/plot";
import {formatCount} from "../ui/format.js";
import type {ChartOptions} from "./chart-options.js";
import {picture} from "./picture.js";

/** Cells of one label, and how many of them a second opinion calls the other class. */
export interface LabelCount {
  label: "parasitized" | "uninfected";
  cells: number;
  disputed: number;
}

/** One bar a label; the disputed part is in a lighter tone. */
export function labelCounts(
  data: readonly LabelCount[],
  {width = 640, height = 150, document = globalThis.document}: ChartOptions = {}
): SVGSVGElement {
  const parts = data.flatMap(({label, cells, disputed}) => [
    {label, part: "agreed", cells: cells - disputed},
    {label, part: "disputed", cells: disputed}
  ]);
  const sentence = data.map(
    ({label, cells, disputed}) => `${label} ${formatCount(cells)}, of which ${formatCount(disputed)} disputed`
  );
  const plot = Plot.plot({
    document,
    width,
    height,
    marginLeft: 92,
    marginRight: 16,
    marginBottom: 44,
    x: {label: "cells", grid: true, ticks: Math.max(2, Math.floor(width / 120))},
    y: {label: null},
    marks: [
      Plot.barX(parts, {
        x: "cells",
        y: "label",
        fill: (part) => `var(--color-${part.label})`,
        fillOpacity: (part) => (part.part === "disputed" ? 0.45 : 1),
        title: (part) => `${part.label}, ${part.part}: ${formatCount(part.cells)}`,
        insetTop: 2,
        insetBottom: 2
      }),
      Plot.ruleX([0])
    ]
  });
  return picture(plot, `Cells by label: ${sentence.join("; ")}.`);
}
