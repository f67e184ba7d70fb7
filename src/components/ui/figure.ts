import {toCsv} from "./csv.js";
import type {Row} from "./csv.js";
import {downloadButton} from "./download.js";
import {element} from "./element.js";
import {svgText} from "./svg-text.js";
import {table} from "./table.js";

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
  document?: Document;
}

/**
 * A chart with its caption, the table behind it, and CSV and SVG downloads.
 *
 * @param chart the picture; any element, of which an SVG can also be saved
 */
export function figure(
  chart: Element,
  {caption, table: rows, download, legend, document = globalThis.document}: FigureOptions
): HTMLElement {
  const csv = {name: `${download}.csv`, type: "text/csv", text: () => toCsv(rows)};
  const svg = {name: `${download}.svg`, type: "image/svg+xml", text: () => svgText(chart as SVGSVGElement)};
  const buttons = [downloadButton("Save CSV", csv, document)];
  if (chart.localName === "svg") buttons.push(downloadButton("Save SVG", svg, document));
  const numbers = element(
    document,
    "details",
    {},
    element(document, "summary", {}, "The numbers behind this figure"),
    element(
      document,
      "div",
      {class: "scroll", tabindex: 0, role: "region", "aria-label": caption},
      table(rows, {document})
    ),
    element(document, "p", {class: "downloads"}, ...buttons)
  );
  const children = [...(legend ? [legend] : []), chart, element(document, "figcaption", {}, caption), numbers];
  return element(document, "figure", {class: "chart"}, ...children);
}
