import {element} from "./element.js";

/** One entry of a {@link legend}: a CSS colour, and how the line or mark is drawn. */
export interface LegendEntry {
  label: string;
  colour: string;
  shape?: "square" | "line" | "dashed" | "dot" | "ring";
}

/** A key: a small mark and its name for each entry, as a list. */
export function legend(entries: readonly LegendEntry[]): HTMLUListElement {
  const items = entries.map(({label, colour, shape = "square"}) => {
    const mark = element("span", {class: `key key-${shape}`, "aria-hidden": "true"});
    mark.style.setProperty("--key", colour);
    return element("li", mark, label);
  });
  return element("ul", {class: "legend"}, ...items);
}
