import {svgElement} from "../ui/element.js";

/** Options of {@link curve}. */
export interface CurveOptions {
  /** Values of the slider, rising. */
  values: readonly number[];
  /** The chance of a parasite at each, 0…1. */
  chances: readonly number[];
  /** The chance from which a cell is called parasitized. */
  threshold: number;
  /** Where the slider is. */
  at: number;
  /** What the slider is called, with its unit. */
  label: string;
}

const [WIDTH, HEIGHT, LEFT, TOP, BOTTOM] = [320, 150, 46, 8, 22];

/** Draws the chance of a parasite along one slider, with the threshold and the slider's place. */
export function curve({values, chances, threshold, at, label}: CurveOptions): SVGSVGElement {
  const [first, last] = [values[0]!, values.at(-1)!];
  const x = (value: number) => LEFT + ((value - first) / (last - first || 1)) * (WIDTH - LEFT - 8);
  const y = (chance: number) => TOP + (1 - chance) * (HEIGHT - TOP - BOTTOM);
  const points = values.map((value, n) => `${x(value).toFixed(1)},${y(chances[n]!).toFixed(1)}`).join(" ");
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  const text = (attributes: Record<string, string | number>, content: string) =>
    svgElement("text", {"font-size": 12, fill: "currentColor", ...attributes}, content);
  const [low, high] = [Math.min(...chances), Math.max(...chances)];
  const name = `Chance of a parasite along ${label}: from ${percent(low)} to ${percent(high)}`;
  return svgElement(
    "svg",
    {class: "curve", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": name},
    ...[0, 0.5, 1].map((share) => text({x: LEFT - 4, y: y(share) + 4, "text-anchor": "end"}, percent(share))),
    svgElement("line", {class: "curve-threshold", x1: LEFT, x2: WIDTH - 8, y1: y(threshold), y2: y(threshold)}),
    svgElement("line", {class: "curve-at", x1: x(at), x2: x(at), y1: TOP, y2: HEIGHT - BOTTOM}),
    svgElement("polyline", {class: "curve-line", points}),
    text({x: LEFT, y: HEIGHT - 4}, String(first)),
    text({x: (LEFT + WIDTH) / 2, y: HEIGHT - 4, "text-anchor": "middle"}, label),
    text({x: WIDTH - 8, y: HEIGHT - 4, "text-anchor": "end"}, String(last))
  );
}
