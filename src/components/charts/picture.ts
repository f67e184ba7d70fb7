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
  drawing.setAttribute("font-size", "12");
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", name);
  return drawing as SVGSVGElement;
}

/** The key to the colours of the two labels. */
export function labelLegend(): HTMLUListElement {
  return legend([
    {label: "parasitized", colour: "var(--color-parasitized)"},
    {label: "uninfected", colour: "var(--color-uninfected)"}
  ]);
}
