import type {Plot} from "@observablehq/plot";
import {element, setAttributes} from "../ui/element.js";
import {markLines} from "./operating-mark.js";

/** Options of {@link readable}. */
export interface ReadableOptions {
  /** What is read: "Loss by epoch". */
  label: string;
  /** Places on the horizontal axis that can be read, rising. */
  positions: () => readonly number[];
  /** All series at a place, in words. */
  read: (position: number) => string;
}

/**
 * Lets the reader read all series of a chart at one place: under the pointer, or with the arrow keys, Home and End when
 * the chart has the focus. What is read stands below the chart.
 *
 * @param place the element that holds the chart's SVG, made by Plot
 */
export function readable(place: HTMLElement, {label, positions, read}: ReadableOptions): HTMLElement {
  const output = element("p", {class: "reading"}, "Point at the chart, or focus it and press ← or →.");
  setAttributes(place, {role: "slider", tabindex: 0, "aria-label": label});
  let current = positions().length - 1;

  const describe = (index: number) => {
    const all = positions();
    current = Math.min(Math.max(index, 0), all.length - 1);
    const [most, now] = [Math.max(0, all.length - 1), Math.max(0, current)];
    const text = all.length ? read(all[current]!) : "nothing to read";
    setAttributes(place, {"aria-valuemin": 0, "aria-valuemax": most, "aria-valuenow": now, "aria-valuetext": text});
  };
  const show = (index: number) => {
    describe(index);
    const chart = place.querySelector("svg");
    if (!chart || positions().length === 0) return;
    markLines(chart, [positions()[current]!]);
    output.textContent = place.getAttribute("aria-valuetext");
  };
  describe(current);
  place.addEventListener("pointermove", (event) => {
    const chart = place.querySelector<SVGSVGElement & Plot>("svg");
    if (!chart) return;
    const bounds = chart.getBoundingClientRect();
    const x = ((event.clientX - bounds.left) * chart.width.baseVal.value) / bounds.width;
    const scale = chart.scale("x")!;
    const distances = positions().map((position) => Math.abs((scale.apply(position) as number) - x));
    show(distances.indexOf(Math.min(...distances)));
  });
  place.addEventListener("focus", () => show(current));
  place.addEventListener("keydown", (event) => {
    const steps: Record<string, number> = {
      ArrowLeft: -1,
      ArrowDown: -1,
      ArrowRight: 1,
      ArrowUp: 1,
      Home: -Infinity,
      End: Infinity
    };
    const step = steps[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    show(current + step);
  });
  return output;
}
