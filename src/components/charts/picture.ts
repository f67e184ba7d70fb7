import * as Plot from "@observablehq/plot";
import {setAttributes} from "../ui/element.js";
import {legend} from "../ui/legend.js";

/** Options that every chart takes: its size in CSS pixels. */
export interface ChartOptions {
  width?: number;
  height?: number;
}

/**
 * Marks a drawing as one picture with a name, so that a screen reader reads the name and not every mark, and sets its
 * letters to 12 px.
 */
export function picture(drawing: Element, name: string): SVGSVGElement {
  for (const mark of drawing.querySelectorAll("[aria-label]")) mark.removeAttribute("aria-label");
  setAttributes(drawing, {"font-size": 12, role: "img", "aria-label": name});
  return drawing as SVGSVGElement;
}

/** The key to the colours of the two labels. */
export function labelLegend(): HTMLUListElement {
  return legend([
    {label: "parasitized", colour: "var(--color-parasitized)"},
    {label: "uninfected", colour: "var(--color-uninfected)"}
  ]);
}

/** The axes of a chart of two shares, both 0…1, as square as `width` is. */
export function unitSquare({width = 400, height = width}: ChartOptions, across: string, up: string): Plot.PlotOptions {
  const share = {domain: [0, 1], grid: true};
  return {width, height, marginLeft: 44, marginBottom: 44, x: {label: across, ...share}, y: {label: up, ...share}};
}

/** The diagonal of a {@link unitSquare}: what guessing reaches, or what is perfectly calibrated. */
export function diagonal(): Plot.Link {
  const style = {stroke: "currentColor", strokeOpacity: 0.4, strokeDasharray: "3,4"};
  return Plot.link([0], {x1: 0, y1: 0, x2: 1, y2: 1, ...style});
}
