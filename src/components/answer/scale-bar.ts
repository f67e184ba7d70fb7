import type {ModelMetadata} from "../engine/metadata.js";
import {svgElement} from "../ui/element.js";

/** Where a network's threshold and the ends of its band lie on the scale that all networks share. */
export const SCALE = {low: 0.4, threshold: 0.5, high: 0.6} as const;

type Point = Pick<ModelMetadata, "threshold" | "abstain">;

/**
 * Puts a network's probability on the scale that all networks share: its threshold lies in the middle, and its band, where
 * the answer is too close to call, always between the same two marks. Between the marks the scale is even.
 * @param probability of the positive class, 0…1
 * @returns 0…1; from {@link SCALE}'s threshold up the cell is called positive
 */
export function placeOnScale(probability: number, {threshold, abstain}: Point): number {
  const marks: [number, number][] = [
    [0, 0],
    ...(abstain ? [[abstain[0], SCALE.low] as [number, number]] : []),
    [threshold, SCALE.threshold],
    ...(abstain ? [[abstain[1], SCALE.high] as [number, number]] : []),
    [1, 1]
  ];
  const next = marks.findIndex(([mark], n) => n > 0 && probability <= mark);
  const [[from, start], [to, end]] = [marks[next - 1]!, marks[next]!];
  return start + ((end - start) * (probability - from)) / (to - from || 1);
}

const share = (place: number) => `${(100 * place).toFixed(2)}%`;

/**
 * Draws the scale: a line from one class to the other, the threshold as a tick, the band as a box, and the cell as a mark
 * whose shape says what it is called: filled, hollow, or half where it is too close to call.
 * @param options.place of the cell on the scale, 0…1
 * @param options.look what it is called
 * @param options.band whether the network has a band
 * @param options.name what the picture says in words
 */
export function scaleBar({
  place,
  look,
  band,
  name
}: {
  place: number;
  look: "parasitized" | "uninfected" | "uncertain";
  band: boolean;
  name: string;
}): SVGSVGElement {
  const at = share(place);
  const [low, middle, high] = [SCALE.low, SCALE.threshold, SCALE.high].map(share) as [string, string, string];
  return svgElement(
    "svg",
    {class: `scale-bar ${look}`, role: "img", "aria-label": name, height: 32, overflow: "visible"},
    svgElement("line", {class: "scale-line", x1: "0%", x2: "100%", y1: 16, y2: 16}),
    band && svgElement("rect", {class: "scale-band", x: low, width: share(SCALE.high - SCALE.low), y: 8, height: 16}),
    band && svgElement("line", {class: "scale-edge", x1: low, x2: low, y1: 8, y2: 24}),
    band && svgElement("line", {class: "scale-edge", x1: high, x2: high, y1: 8, y2: 24}),
    svgElement("line", {class: "scale-threshold", x1: middle, x2: middle, y1: 2, y2: 30}),
    svgElement("line", {class: "scale-reach", x1: middle, x2: at, y1: 16, y2: 16}),
    svgElement("circle", {class: "scale-mark", cx: at, cy: 16, r: 8}),
    look === "uncertain" && svgElement("circle", {class: "scale-core", cx: at, cy: 16, r: 3})
  );
}
