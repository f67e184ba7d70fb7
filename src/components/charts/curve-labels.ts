import type {Plot} from "@observablehq/plot";
import {svgElement} from "../ui/element.js";

/** A place in pixels. */
type Pixel = readonly [x: number, y: number];

/** A curve that gets its name where it runs. */
export interface NamedCurve {
  name: string;
  /** Along the curve, in pixels. */
  points: readonly Pixel[];
}

/** A rectangle in pixels. */
export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Where a name stands: the middle of its left or right end. */
export interface NamePlace extends Box {
  name: string;
  anchor: "start" | "end";
}

/** Height of a line and mean width of a letter at 11 px. */
const [lineHeight, letterWidth] = [13, 6];
/** Pixels between the points of a curve that are looked at. */
const step = 8;
/** How far a name stands from its curve, and how much room to all others is room enough. */
const [gap, enough] = [4, 14];

/** How far a point lies from a rectangle; 0 inside. */
function distance({left, right, top, bottom}: Box, [x, y]: Pixel): number {
  return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
}

const overlap = (one: Box, other: Box) =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

const holds = (frame: Box, {left, right, top, bottom}: Box) =>
  left >= frame.left && right <= frame.right && top >= frame.top && bottom <= frame.bottom;

/** How far the nearest of some points lies from a rectangle, at most `limit`. */
function roomAround(box: Box, points: readonly Pixel[], limit: number): number {
  let room = limit;
  for (const point of points) {
    room = Math.min(room, distance(box, point));
    if (room === 0) break;
  }
  return room;
}

/** The two places of a name at a point of a rising curve: to the right and below, to the left and above. */
function placesAt(name: string, [x, y]: Pixel): NamePlace[] {
  const width = name.length * letterWidth;
  return [
    {name, anchor: "start", left: x + gap, right: x + gap + width, top: y + gap, bottom: y + gap + lineHeight},
    {name, anchor: "end", left: x - gap - width, right: x - gap, top: y - gap - lineHeight, bottom: y - gap}
  ];
}

/**
 * Finds for each of some rising curves a place beside it for its name, where no other name stands and all other curves are
 * as far as can be; a name for which there is no place is left out. O(names × points²).
 *
 * @param frame what no name may leave
 */
export function placeNames(curves: readonly NamedCurve[], frame: Box): NamePlace[] {
  const placed: NamePlace[] = [];
  for (const {name, points} of curves) {
    const others = curves.filter((curve) => curve.name !== name).flatMap((curve) => curve.points);
    let best: NamePlace | undefined;
    let room = 0;
    for (const place of points.flatMap((point) => placesAt(name, point))) {
      if (!holds(frame, place) || placed.some((one) => overlap(one, place))) continue;
      if (roomAround(place, points, gap / 2) < gap / 2) continue;
      const found = roomAround(place, others, enough);
      if (found <= room) continue;
      [best, room] = [place, found];
      if (room === enough) break;
    }
    if (best) placed.push(best);
  }
  return placed;
}

/** A curve of a chart made by Plot, in the chart's own values, as points about `step` pixels apart. */
export function curveOn(chart: SVGSVGElement, name: string, values: readonly Pixel[]): NamedCurve {
  const scale = (axis: "x" | "y", value: number) => (chart as SVGSVGElement & Plot).scale(axis)!.apply(value) as number;
  const corners = values.map(([x, y]): Pixel => [scale("x", x), scale("y", y)]);
  const points: Pixel[] = [];
  corners.forEach(([x, y], i) => {
    const [fromX, fromY] = points.at(-1) ?? [x, y];
    const length = Math.hypot(x - fromX, y - fromY);
    // Of corners that lie close together the last one counts.
    if (length < step && i > 0 && i < corners.length - 1) return;
    const steps = Math.max(1, Math.round(length / step));
    for (let n = 1; n <= steps; n++)
      points.push([fromX + ((x - fromX) * n) / steps, fromY + ((y - fromY) * n) / steps]);
  });
  return {name, points};
}

/** Writes the names of curves where they run, on a rim of the page's colour, so that they are read across lines. */
export function nameCurves(chart: SVGSVGElement, curves: readonly NamedCurve[]): SVGSVGElement {
  const range = (axis: "x" | "y") => (chart as SVGSVGElement & Plot).scale(axis)!.range as [number, number];
  const [[left, right], [bottom, top]] = [range("x"), range("y")];
  for (const place of placeNames(curves, {left, right, top, bottom})) {
    chart.append(
      svgElement(
        "text",
        {
          class: "curve-name",
          x: place.anchor === "start" ? place.left : place.right,
          y: (place.top + place.bottom) / 2,
          dy: "0.35em",
          "text-anchor": place.anchor,
          "font-size": 11,
          fill: "currentColor",
          stroke: "var(--theme-background)",
          "stroke-width": 3,
          "paint-order": "stroke"
        },
        place.name
      )
    );
  }
  return chart;
}
