import {svgElement} from "./element.js";

const paths = {
  download: "M8 1v9M4 6.5 8 10.5l4-4M2 14h12",
  table: "M1.5 2.5h13v11h-13zM1.5 6h13M6 6v7.5",
  code: "M5.5 4 1.5 8l4 4M10.5 4l4 4-4 4"
} as const;

/** A small line drawing in the colour of the text beside it, which says what it is for. */
export function icon(name: keyof typeof paths): SVGSVGElement {
  const pen = {fill: "none", stroke: "currentColor", "stroke-width": 1.5, "stroke-linecap": "round"};
  return svgElement(
    "svg",
    {class: "icon", viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": "true"},
    svgElement("path", {d: paths[name], "stroke-linejoin": "round", ...pen})
  );
}
