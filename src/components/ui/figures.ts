import {element} from "./element.js";

/** A large figure and what it counts. */
export interface BigFigure {
  value: string;
  name: string;
}

/** A row of large figures, each a term and its meaning. */
export function bigFigures(
  figures: readonly BigFigure[],
  {document = globalThis.document}: {document?: Document} = {}
): HTMLElement {
  const items = figures.map(({value, name}) =>
    element(
      document,
      "div",
      {},
      element(document, "span", {class: "big-number"}, value),
      element(document, "span", {}, name)
    )
  );
  return element(document, "div", {class: "figures"}, ...items);
}
