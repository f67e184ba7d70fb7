import {element} from "../ui/element.js";
import {fitProportions} from "./paint.js";

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
