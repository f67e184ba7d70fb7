import type {Plot} from "@observablehq/plot";
import {setAttributes, svgElement} from "../ui/element.js";

/** The pixel of a value on a scale of a chart made by Plot. */
function place(chart: SVGSVGElement, scale: "x" | "y", value: number): number {
  return (chart as SVGSVGElement & Plot).scale(scale)!.apply(value) as number;
}

/** The marks of one kind on a chart, `count` of them: made or removed as needed. */
function marks(chart: SVGSVGElement, name: "circle" | "line", count: number): SVGElement[] {
  const found = [...chart.querySelectorAll<SVGElement>(`${name}.operating`)];
  for (const spare of found.slice(count)) spare.remove();
  return Array.from({length: count}, (_, i) => found[i] ?? mark(chart, name));
}

function mark(chart: SVGSVGElement, name: "circle" | "line"): SVGElement {
  const made = svgElement(name, {class: "operating", stroke: "currentColor", "stroke-width": 2});
  chart.append(made);
  return made;
}

/** Puts the ring of the operating point on a chart, or moves it there; the drawing below is left as it is. */
export function markPoint(chart: SVGSVGElement, {x, y}: {x: number; y: number}): SVGSVGElement {
  const ring = marks(chart, "circle", 1)[0]!;
  const defined = Number.isFinite(x) && Number.isFinite(y);
  setAttributes(ring, {r: 5, fill: "var(--theme-background)", visibility: defined ? "visible" : "hidden"});
  if (defined) setAttributes(ring, {cx: place(chart, "x", x), cy: place(chart, "y", y)});
  return chart;
}

/** Puts upright lines at places of `x` on a chart, or moves them there; the drawing below is left as it is. */
export function markLines(chart: SVGSVGElement, places: readonly number[]): SVGSVGElement {
  const [from, to] = (chart as SVGSVGElement & Plot).scale("y")!.range as [number, number];
  marks(chart, "line", places.length).forEach((line, i) => {
    const at = place(chart, "x", places[i]!);
    setAttributes(line, {"stroke-dasharray": "5,3", x1: at, x2: at, y1: from, y2: to});
  });
  return chart;
}
