import {element, setAttributes, svgElement} from "../ui/element.js";
import {formatCount} from "../ui/format.js";
import type {View} from "../ui/view.js";
import {anyRange, isOpen} from "./axes.js";
import type {Axis, AxisName, Range} from "./axes.js";
import type {Current} from "./current.js";
import {axisFinding, viewHead} from "./view-findings.js";
import type {LabelledCounts} from "./view-findings.js";

/** The largest count, at least 1. */
export function largest(counts: LabelledCounts): number {
  let most = 1;
  for (let i = 0; i < counts.length; i++) if (counts[i]! > most) most = counts[i]!;
  return most;
}

/**
 * The outline of mirrored bars as SVG path data: parasitized above the middle, uninfected below it; one path a label or
 * both in one.
 *
 * @param options.order which bin stands at each place; all in their order when left out
 * @param options.labels 0 for parasitized, 1 for uninfected
 */
export function barPath(
  counts: LabelledCounts,
  {
    width,
    middle,
    most,
    order,
    labels
  }: {width: number; middle: number; most: number; order?: ArrayLike<number>; labels: readonly (0 | 1)[]}
): string {
  const bars = order?.length ?? counts.length / 2;
  const step = width / bars;
  let path = "";
  for (let place = 0; place < bars; place++) {
    const bin = order ? order[place]! : place;
    for (const label of labels) {
      const count = counts[2 * bin + label]!;
      if (count === 0) continue;
      // A bar of few cells beside one of many still shows as a hair.
      const height = Math.max(0.5, ((middle - 1) * count) / most).toFixed(1);
      path += `M${(place * step).toFixed(2)},${middle}h${step.toFixed(2)}v${label === 0 ? `-${height}` : height}h-${step.toFixed(2)}z`;
    }
  }
  return path;
}

/** Options of {@link histogramView}. */
export interface HistogramViewOptions {
  name: AxisName;
  /** Counts of all cells: the grey outline behind the bars. */
  all: LabelledCounts;
  /** Called while the reader draws a range (`done` false) and when it is drawn. */
  choose: (range: Range, done: boolean) => void;
}

const [width, middle] = [300, 34];
const height = 2 * middle;
/** Pixels from an end of the range within which a drag moves that end. */
const grip = 8;

/**
 * Cells by a figure, parasitized above the line and uninfected below it. A range is drawn, moved or stretched with the
 * pointer, a click on a bar chooses its own (a click outside of a range ends it), or it is typed into the two fields below.
 */
export function histogramView(axis: Axis, {name, all, choose}: HistogramViewOptions): View<Current> {
  const path = (style: string) => svgElement("path", {class: style});
  const ghost = path("bars-all");
  ghost.setAttribute("d", barPath(all, {width, middle, most: largest(all), labels: [0, 1]}));
  const bars = [path("bars-parasitized"), path("bars-uninfected")] as const;
  const brush = svgElement("rect", {class: "brush", y: 0, height, visibility: "hidden"});
  const ticks = axis.ticks.map(([value, text]) => {
    const x = axis.place(value) * width;
    const anchor = x < 12 ? "start" : x > width - 12 ? "end" : "middle";
    return svgElement("text", {x, y: height + 12, "text-anchor": anchor}, text);
  });
  const drawing = svgElement(
    "svg",
    {viewBox: `0 0 ${width} ${height + 16}`, class: "view-chart", role: "img", "data-axis": axis.title},
    ghost,
    ...bars,
    svgElement("line", {x1: 0, x2: width, y1: middle, y2: middle, class: "zero"}),
    brush,
    ...ticks
  );
  const field = (text: string) => {
    const kind = {type: "number", step: "any", placeholder: "any", "aria-label": `${axis.title} ${text}`};
    const input = element("input", {...kind, onchange: typed});
    return {input, label: element("label", element("span", text), input)};
  };
  const [from, to] = [field("from"), field("to below")];
  const any = {"aria-label": `Any ${axis.title.toLowerCase()}`, onclick: () => choose(anyRange, true)};
  const clear = element("button", {type: "button", ...any}, "any");
  const most = element("span");
  const head = viewHead(axis.title, most);
  const fields = element("div", {class: "view-fields"}, from.label, to.label, clear);
  const node = element(
    "section",
    {class: "view", "aria-label": axis.title},
    head.node,
    drawing,
    fields,
    element("p", {class: "view-about muted"}, axis.about)
  );

  let current = anyRange;
  let counts: LabelledCounts = all;
  function typed(): void {
    const low = from.input.value === "" ? -Infinity : from.input.valueAsNumber;
    const high = to.input.value === "" ? Infinity : to.input.valueAsNumber;
    const message = low < high ? "" : `The first must be below the second.`;
    to.input.setCustomValidity(message);
    if (message) to.input.reportValidity();
    else choose({low, high}, true);
  }

  const xOf = (event: PointerEvent) => {
    const bounds = drawing.getBoundingClientRect();
    return Math.min(width, Math.max(0, ((event.clientX - bounds.left) / bounds.width) * width));
  };
  const ends = () =>
    [current.low, current.high].map((end, i) => (Number.isFinite(end) ? axis.place(end) * width : [0, width][i]!)) as [
      number,
      number
    ];
  const rangeOf = (a: number, b: number): Range => ({
    low: Math.min(a, b) <= 0 ? -Infinity : axis.value(Math.min(a, b) / width),
    high: Math.max(a, b) >= width ? Infinity : axis.value(Math.max(a, b) / width)
  });
  /** The range of the bar at x; all where it is empty. */
  const barAt = (x: number): Range => {
    const step = width / axis.binCount;
    const bar = Math.min(axis.binCount - 1, Math.floor(x / step));
    return counts[2 * bar]! + counts[2 * bar + 1]! > 0 ? rangeOf(bar * step, (bar + 1) * step) : anyRange;
  };
  /** The ends that belong to a pointer at x while one drag lasts. */
  let drag: ((x: number) => [number, number]) | undefined;
  let moved = false;
  drawing.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const x = xOf(event);
    const [low, high] = ends();
    if (isOpen(current)) drag = (now) => [x, now];
    else if (Math.abs(x - low) < grip) drag = (now) => [now, high];
    else if (Math.abs(x - high) < grip) drag = (now) => [low, now];
    else if (x > low && x < high) {
      drag = (now) => {
        const shift = Math.min(width - high, Math.max(-low, now - x));
        return [low + shift, high + shift];
      };
    } else drag = (now) => [x, now];
    moved = false;
    drawing.setPointerCapture(event.pointerId);
  });
  drawing.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const range = rangeOf(...drag(xOf(event)));
    moved = true;
    if (range.low < range.high) choose(range, false);
  });
  const end = (range: Range) => {
    if (!drag) return;
    drag = undefined;
    choose(moved ? current : range, true);
  };
  drawing.addEventListener("pointerup", (event) => end(isOpen(current) ? barAt(xOf(event)) : anyRange));
  drawing.addEventListener("pointercancel", () => end(anyRange));

  return {
    node,
    update({counts: countsOf, selection: {[name]: range}}) {
      counts = countsOf(name);
      const top = largest(counts);
      bars.forEach((bar, label) =>
        bar.setAttribute("d", barPath(counts, {width, middle, most: top, labels: [label as 0 | 1]}))
      );
      most.textContent = `· tallest bar: ${formatCount(top)} cells`;
      head.say(axisFinding(axis, counts));
      if (range === current && drawing.hasAttribute("aria-label")) return;
      current = range;
      const open = isOpen(range);
      const text = (end: number) => (Number.isFinite(end) ? String(end) : "");
      from.input.value = text(range.low);
      to.input.value = text(range.high);
      to.input.setCustomValidity("");
      clear.hidden = open;
      const [low, high] = ends();
      setAttributes(brush, {visibility: open ? "hidden" : "visible", x: low, width: Math.max(0.5, high - low)});
      const chosen = open
        ? "all values"
        : `from ${text(range.low) || "the lowest"} to below ${text(range.high) || "the highest"}`.replace(/-/g, "−");
      drawing.setAttribute(
        "aria-label",
        `Histogram of ${axis.title.toLowerCase()}: ${chosen} chosen. The two fields below set a range.`
      );
    }
  };
}
