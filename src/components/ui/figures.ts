import {element} from "./element.js";

/** A large figure and what it counts. */
export interface BigFigure {
  value: string;
  name: string;
}

/** A row of large figures, each a term and its meaning. */
export function bigFigures(figures: readonly BigFigure[]): HTMLElement {
  const items = figures.map(({value, name}) =>
    element("div", element("span", {class: "big-number"}, value), element("span", name))
  );
  return element("div", {class: "figures"}, ...items);
}
