import {legend} from "../ui/legend.js";

/** The key to the colours of the two labels. */
export function labelLegend(): HTMLUListElement {
  return legend([
    {label: "parasitized", colour: "var(--color-parasitized)"},
    {label: "uninfected", colour: "var(--color-uninfected)"}
  ]);
}
