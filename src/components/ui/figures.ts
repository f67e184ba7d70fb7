import {element} from "./element.js";

/** A large figure and what it counts. */
export interface BigFigure {
  value: string;
  name: string;
}

/** What a page found, as a list of sentences at its top, each of which leads to where it is shown. */
export function findingList(
  findings: readonly {text: string; href: string; onclick?: (event: MouseEvent) => void}[]
): HTMLElement {
  return element(
    "ul",
    {class: "key-findings"},
    ...findings.map(({text, ...link}) => element("li", element("a", link, text)))
  );
}

/** A row of large figures, each a term and its meaning. */
export function bigFigures(figures: readonly BigFigure[]): HTMLElement {
  const items = figures.map(({value, name}) =>
    element("div", element("span", {class: "big-number"}, value), element("span", name))
  );
  return element("div", {class: "figures"}, ...items);
}
