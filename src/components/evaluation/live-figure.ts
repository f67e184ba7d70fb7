import type {Row} from "../ui/csv.js";
import {element} from "../ui/element.js";
import {numbersFold, numbersTable} from "../ui/figure.js";

/** Options of {@link liveFigure}; all functions are asked anew when something changes. */
export interface LiveFigureOptions {
  /** Makes the chart. */
  draw: (size: {width: number}) => SVGSVGElement;
  /** The source of `draw`, shown below the figure: the build puts it here as it was written. */
  code?: string;
  caption: () => string;
  /** The numbers behind the picture. They are made when asked for, or each time if `eager`. */
  table: () => readonly Row[];
  /** File name of the downloads, without its ending. */
  download: string;
  /** A key to the colours or line styles, put above the picture. */
  legend?: HTMLElement;
  /** The picture is as wide as its place, but not wider than this many CSS pixels. */
  maxWidth?: number;
  eager?: boolean;
}

/** A figure that follows a changing state. */
export interface LiveFigure {
  node: HTMLElement;
  /** Draws the chart anew. */
  redraw(): void;
  /** Changes the chart in place, such as by moving a mark, and writes caption and table anew. */
  adjust(change: (chart: SVGSVGElement) => void): void;
  dispose(): void;
}

/** A chart that fits its place, with its caption, the table behind it, CSV and SVG downloads, and its code. */
export function liveFigure({
  draw,
  code = String(draw),
  caption,
  table,
  download,
  legend,
  maxWidth = 640,
  eager = false
}: LiveFigureOptions): LiveFigure {
  const place = element("div", {class: "chart-place"});
  const words = element("figcaption");
  const rows = element("div");
  const chart = () => place.querySelector("svg");
  const numbers = numbersFold(rows, {download, rows: table, chart: () => chart()!, legend});
  const codeFold = element(
    "details",
    element("summary", "Its code"),
    element(
      "div",
      {class: "scroll", role: "group", tabindex: 0, "aria-label": "Code of this figure"},
      element("pre", element("code", code))
    )
  );
  const fold = element("div", {class: "chart-folds"}, numbers, codeFold);
  const node = element("figure", {class: "chart"}, legend, place, words, fold);

  let width = 0;
  const describe = () => {
    const text = caption();
    if (words.textContent !== text) words.textContent = text;
    if (numbers.open || eager) rows.replaceChildren(numbersTable(table()));
  };
  const redraw = () => {
    if (width > 0) place.replaceChildren(draw({width}));
    describe();
  };
  numbers.addEventListener("toggle", describe);
  const resized = new ResizeObserver(([entry]) => {
    const next = Math.min(maxWidth, Math.floor(entry!.contentRect.width));
    if (next === width) return;
    width = next;
    redraw();
  });
  resized.observe(place);
  return {
    node,
    redraw,
    adjust(change) {
      const drawn = chart();
      if (drawn) change(drawn);
      describe();
    },
    dispose: () => resized.disconnect()
  };
}
