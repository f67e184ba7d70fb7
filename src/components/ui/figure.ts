import {toCsv} from "./csv.js";
import type {Row} from "./csv.js";
import {downloadButton} from "./download.js";
import {element} from "./element.js";
import {svgText} from "./svg-text.js";
import {scrollTable} from "./table.js";

/** Options of {@link figure}. */
export interface FigureOptions {
  /** One or two sentences: what is seen, in which unit. */
  caption: string;
  /** The numbers behind the picture, offered as a table and as CSV. */
  table: readonly Row[];
  /** File name of the downloads, without its ending. */
  download: string;
  /** A key to the colours or line styles, put above the picture. */
  legend?: HTMLElement;
}

/**
 * A chart with its caption, the table behind it, and CSV and SVG downloads.
 *
 * @param chart the SVG, or an element that holds it (such as Framework's `resize`)
 */
export function figure(chart: Element, {caption, table: rows, download, legend}: FigureOptions): HTMLElement {
  const drawing = () => (chart.localName === "svg" ? chart : chart.querySelector("svg")) as SVGSVGElement;
  const csv = {name: `${download}.csv`, type: "text/csv", text: () => toCsv(rows)};
  const svg = {name: `${download}.svg`, type: "image/svg+xml", text: () => svgText(drawing())};
  const buttons = [downloadButton("Save CSV", csv), downloadButton("Save SVG", svg)];
  const numbers = element(
    "details",
    element("summary", "The numbers behind this figure"),
    scrollTable(rows, {caption: "The numbers behind this figure"}),
    element("p", {class: "downloads"}, ...buttons)
  );
  return element("figure", {class: "chart"}, legend, chart, element("figcaption", caption), numbers);
}
