import {legend} from "../ui/legend.js";

/** The key to the colours of the two labels. */
export function labelLegend({document = globalThis.document}: {document?: Document} = {}): HTMLUListElement {
  return legend(
    [
      {label: "parasitized", colour: "var(--color-parasitized)"},
      {label: "uninfected", colour: "var(--color-uninfected)"}
    ],
    {document}
  );
}
