import {chartTips} from "./chart-tips.js";
import type {Row} from "./csv.js";
import {element} from "./element.js";
import {figureFrame, foldSummary, numbersTable} from "./figure.js";
import {watchPrint} from "./view.js";

/** Options of {@link liveFigure}; all functions are asked anew when something changes. */
export interface LiveFigureOptions {
  /** What is drawn, in the field's words, above the finding in small letters: "Confusion matrix". */
  name?: string;
  /** What the picture shows, as a sentence of one line without a full stop, made of the same data as the picture. */
  finding?: () => string;
  /** Makes the chart. */
  draw: (size: {width: number}) => SVGSVGElement;
  /** The source of `draw`, shown below the figure: the build puts it here as it was written. */
  code?: string;
  caption: () => string;
  /** The numbers behind the picture. They are made when asked for, or each time if `eager`. */
  table: () => readonly Row[];
  /** File name of the downloads, without its ending; begins with the name of the page. */
  download: string | (() => string);
  /** A key to the colours or line styles, put above the picture. */
  legend?: HTMLElement;
  /** The picture is as wide as its place, but not wider than this many CSS pixels. */
  maxWidth?: number;
  eager?: boolean;
  /** Unfolds the numbers from the start. */
  unfolded?: boolean;
  /** Leaves the place empty until the chart is drawn anew for the first time: before that there is nothing to draw. */
  waits?: boolean;
}

/** A figure that follows a changing state. */
export interface LiveFigure {
  node: HTMLElement;
  /** Draws the chart anew. */
  redraw(): void;
  /** Changes the chart in place, such as by moving a mark, and writes the words and the table anew. */
  adjust(change: (chart: SVGSVGElement) => void): void;
  dispose(): void;
}

/** Charts below the window that wait to be drawn. */
const waiting = new Set<() => void>();

/** Draws what is out of sight chart by chart, so that what is seen need not wait for all of them. */
function drawLater(draw: () => void): void {
  if (waiting.size === 0) setTimeout(drawNext);
  waiting.add(draw);
}

function drawNext(): void {
  const [draw] = waiting;
  if (!draw) return;
  waiting.delete(draw);
  if (waiting.size > 0) setTimeout(drawNext);
  draw();
}

/**
 * A chart that fits its place, under its name and finding, with its caption, the table behind it, CSV, SVG and PNG
 * downloads, and its code. Where its place has no width it is not drawn, below the window a little later; before the page is
 * printed it is.
 */
export function liveFigure({
  name,
  finding,
  draw: drawChart,
  code = String(drawChart),
  caption,
  table,
  download,
  legend,
  maxWidth = 640,
  eager = false,
  unfolded = false,
  waits = false
}: LiveFigureOptions): LiveFigure {
  const place = element("div", {class: "chart-place"});
  const rows = element("div");
  const chart = () => place.querySelector("svg");
  const region = {class: "scroll", role: "group", tabindex: 0, "aria-label": "Code of this figure"};
  const codeFold = element(
    "details",
    foldSummary("code", "Code", "Code of this figure"),
    element("div", region, element("pre", element("code", code)))
  );
  const {node, numbers, say} = figureFrame(place, {
    name,
    legend,
    numbers: rows,
    rows: table,
    folds: [codeFold],
    download: () => (typeof download === "string" ? download : download()),
    chart: () => chart()!
  });

  const tips = chartTips(place, name ?? "Chart");
  let width = 0;
  let isWaiting = waits;
  const describe = () => {
    if (isWaiting) return;
    say({finding: finding?.(), caption: caption()});
    if (numbers.open || eager) rows.replaceChildren(numbersTable(table()));
  };
  const draw = () => {
    if (width > 0 && !isWaiting) {
      place.replaceChildren(drawChart({width}));
      tips.refresh();
    }
    describe();
  };
  const fit = (room: number) => {
    const next = Math.min(maxWidth, Math.floor(room));
    if (next === width) return;
    width = next;
    draw();
  };
  const redraw = () => {
    isWaiting = false;
    draw();
  };
  numbers.open = unfolded;
  numbers.addEventListener("toggle", describe);
  let available = 0;
  const fitNow = () => fit(available);
  const resized = new ResizeObserver(([entry]) => {
    available = entry!.contentRect.width;
    if (width === 0 && place.getBoundingClientRect().top > innerHeight) drawLater(fitNow);
    else fitNow();
  });
  resized.observe(place);
  // What has just been put into the page for the print has no time to be observed.
  const stop = watchPrint("draw", () => {
    if (width === 0) fit(place.clientWidth);
  });
  return {
    node,
    redraw,
    adjust(change) {
      const drawn = chart();
      if (drawn) change(drawn);
      describe();
    },
    dispose() {
      resized.disconnect();
      waiting.delete(fitNow);
      stop();
    }
  };
}
