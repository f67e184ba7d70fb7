import {element} from "../ui/element.js";

/** A rectangle inside a square of side `side`. */
export interface Fit {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * The largest rectangle of a cell's true proportions in the middle of a square.
 *
 * The packed pictures are all 50×50 and so squeezed; where the size of the original is unknown (0), the square is kept.
 */
export function fitProportions(width: number, height: number, side: number): Fit {
  if (!(width > 0 && height > 0)) return {x: 0, y: 0, width: side, height: side};
  const scale = side / Math.max(width, height);
  const fitted = {width: width * scale, height: height * scale};
  return {x: (side - fitted.width) / 2, y: (side - fitted.height) / 2, ...fitted};
}

/** A cell to show by itself: its picture as an address, and the size of the full-size crop in pixels. */
export interface ShownCell {
  image: string;
  label: string;
  patient: string;
  width: number;
  height: number;
}

/** A row of cells in their true proportions, each with its label and patient below. */
export function cellStrip(cells: readonly ShownCell[], {side = 88}: {side?: number} = {}): HTMLUListElement {
  const items = cells.map(({image, label, patient, width, height}) => {
    const fit = fitProportions(width, height, side);
    const size = {width: Math.round(fit.width), height: Math.round(fit.height)};
    const picture = element("img", {src: image, alt: `A ${label} cell`, class: "cell", ...size});
    const name = element("span", {class: `class-name ${label}`}, label);
    return element("li", picture, name, element("div", {class: "muted"}, `patient ${patient}`));
  });
  return element("ul", {class: "cell-strip"}, ...items);
}
