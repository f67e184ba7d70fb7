import {toCsv} from "./csv.js";
import type {Row} from "./csv.js";
import {downloadButton} from "./download.js";
import {element} from "./element.js";
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

const title = "The numbers behind this figure";

/** The numbers behind a figure as a table. */
export const numbersTable = (rows: readonly Row[]) => scrollTable(rows, {caption: title});

/** What is folded under a chart: `numbers`, and the downloads of rows and chart, which are made when they are asked for. */
export function numbersFold(
  numbers: HTMLElement,
  {
    download,
    rows,
    chart,
    legend
  }: {download: string; rows: () => readonly Row[]; chart: () => SVGSVGElement; legend?: HTMLElement | undefined}
): HTMLDetailsElement {
  const csv = {name: `${download}.csv`, type: "text/csv", text: () => toCsv(rows())};
  const svg = {
    name: `${download}.svg`,
    type: "image/svg+xml",
    text: async () => (await import("./svg-text.js")).svgText(chart(), legend)
  };
  const buttons = [downloadButton("Save CSV", csv), downloadButton("Save SVG", svg)];
  return element("details", element("summary", title), numbers, element("p", {class: "downloads"}, ...buttons));
}

/**
 * A chart with its caption, the table behind it, and CSV and SVG downloads.
 *
 * @param chart the SVG, or an element that holds it (such as Framework's `resize`)
 */
export function figure(chart: Element, {caption, table: rows, download, legend}: FigureOptions): HTMLElement {
  const drawing = () => (chart.localName === "svg" ? chart : chart.querySelector("svg")) as SVGSVGElement;
  const numbers = numbersFold(numbersTable(rows), {download, rows: () => rows, chart: drawing, legend});
  return element("figure", {class: "chart"}, legend, chart, element("figcaption", caption), numbers);
}
