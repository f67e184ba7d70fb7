import {toCsv} from "./csv.js";
import type {Row} from "./csv.js";
import {downloadButton, saveFile} from "./download.js";
import {element} from "./element.js";
import {icon} from "./icon.js";
import {scrollTable} from "./table.js";

const behind = "The numbers behind this figure";

/** The numbers behind a figure as a table. */
export const numbersTable = (rows: readonly Row[]) => scrollTable(rows, {caption: behind});

/** Options of {@link figureFrame}. */
export interface FigureFrameOptions {
  /** What is drawn, in the field's words, above the finding in small letters: "Confusion matrix". */
  name?: string | undefined;
  /** File name of what is saved, without its ending; asked when something is. */
  download: () => string;
  /** The rows of the CSV, asked when it is saved. */
  rows: () => readonly Row[];
  /** What unfolds under “Numbers”. */
  numbers: HTMLElement;
  chart: () => SVGSVGElement;
  /** A key to the colours or line styles, put above the picture. */
  legend?: HTMLElement | undefined;
  /** What stands beside the numbers and unfolds as they do, such as the code. */
  folds?: readonly HTMLElement[];
}

/** The frame around a picture; its words may change. */
export interface FigureFrame {
  node: HTMLElement;
  /** The fold of the numbers. */
  numbers: HTMLDetailsElement;
  /** Writes the finding, if there is one, and the caption. */
  say(words: {finding?: string | undefined; caption: string}): void;
}

/**
 * What every figure has in common: above the picture its name and, as its title, the finding; below it the caption, small
 * buttons that save it as CSV, SVG and PNG, and a fold with its numbers. The files are made when they are asked for.
 */
export function figureFrame(
  place: Element,
  {name, download, rows, numbers, chart, legend, folds = []}: FigureFrameOptions
): FigureFrame {
  const title = name && element("p", {class: "figure-name"}, name);
  // Definitions are read by few: they are fetched after the page.
  if (title) void import("./glossary.js").then(({term}) => title.replaceChildren(term(name)));
  const head = element("div", {class: "figure-head"}, title);
  const heading = element("h3", {class: "figure-finding"});
  const words = element("figcaption");
  const drawing = async () => (await import("./svg-text.js")).svgText(chart(), legend);
  const picture = async () => (await import("./svg-picture.js")).svgPicture(await drawing());
  const buttons = [
    downloadButton("CSV", {name: () => `${download()}.csv`, type: "text/csv", text: () => toCsv(rows())}),
    downloadButton("SVG", {name: () => `${download()}.svg`, type: "image/svg+xml", text: drawing}),
    element(
      "button",
      {
        type: "button",
        class: "download",
        onclick: () => void picture().then((png) => saveFile(`${download()}.png`, png))
      },
      "PNG"
    )
  ];
  for (const button of buttons) {
    button.setAttribute("aria-label", `Save ${button.textContent}`);
    button.title = `Save ${button.textContent}`;
    button.prepend(icon("download"));
  }
  const fold = element("details", foldSummary("table", "Numbers", behind), numbers);
  const tools = element("div", {class: "figure-tools"}, ...buttons, fold, ...folds);
  const node = element("figure", {class: "chart"}, name && head, legend, place, words, tools);
  return {
    node,
    numbers: fold,
    say({finding, caption}) {
      if (words.textContent !== caption) words.textContent = caption;
      if (!finding || heading.textContent === finding) return;
      heading.textContent = finding;
      if (heading.parentElement) return;
      head.append(heading);
      node.prepend(head);
    }
  };
}

/** What one presses to unfold a part of a figure: an icon and a word; `title` says what comes, and holds that word. */
export function foldSummary(sign: Parameters<typeof icon>[0], word: string, title: string): HTMLElement {
  return element("summary", {title, "aria-label": title}, icon(sign), word);
}

/** Options of {@link figure}. */
export interface FigureOptions {
  /** What is drawn, in the field's words, above the finding in small letters: "Confusion matrix". */
  name?: string;
  /** What the picture shows, as a sentence of one line without a full stop, made of the same data as the picture. */
  finding?: string;
  /** One or two sentences: what is seen, in which unit. */
  caption: string;
  /** The numbers behind the picture, offered as a table and as CSV. */
  table: readonly Row[];
  /** File name of the downloads, without its ending; begins with the name of the page. */
  download: string;
  /** A key to the colours or line styles, put above the picture. */
  legend?: HTMLElement;
}

/**
 * A chart under its name and finding, with its caption, the table behind it, and CSV, SVG and PNG downloads. What follows
 * a changing state is a `liveFigure`.
 *
 * @param chart the SVG, or an element that holds it (such as Framework's `resize`)
 */
export function figure(
  chart: Element,
  {name, finding, caption, table: rows, download, legend}: FigureOptions
): HTMLElement {
  const drawing = () => (chart.localName === "svg" ? chart : chart.querySelector("svg")) as SVGSVGElement;
  const {node, say} = figureFrame(chart, {
    name,
    legend,
    download: () => download,
    rows: () => rows,
    numbers: numbersTable(rows),
    chart: drawing
  });
  say({finding, caption});
  return node;
}
