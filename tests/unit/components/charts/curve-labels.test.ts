import {expect, test} from "vitest";
import {curveOn, nameCurves, placeNames} from "../../../../src/components/charts/curve-labels.js";
import type {Box, NamedCurve} from "../../../../src/components/charts/curve-labels.js";
import {rocPlot} from "../../../../src/components/charts/threshold-charts.js";

const frame: Box = {left: 0, right: 300, top: 0, bottom: 300};
/** A straight line from one place to another, a point every few pixels. */
const line = (name: string, [x1, y1]: [number, number], [x2, y2]: [number, number]): NamedCurve => ({
  name,
  points: Array.from({length: 61}, (_, i) => [x1 + ((x2 - x1) * i) / 60, y1 + ((y2 - y1) * i) / 60])
});
const curves = [
  line("upper", [0, 100], [300, 0]),
  line("middle", [0, 200], [300, 100]),
  line("lower", [0, 300], [300, 200])
];
const overlaps = (one: Box, other: Box) =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

test("each name stands by its own curve, inside the frame, over no other name and no curve", () => {
  const placed = placeNames(curves, frame);
  expect(placed.map(({name}) => name)).toEqual(["upper", "middle", "lower"]);
  for (const place of placed) {
    expect(Math.min(place.left, place.top)).toBeGreaterThanOrEqual(0);
    expect(Math.max(place.right, place.bottom)).toBeLessThanOrEqual(300);
    for (const other of placed) if (other !== place) expect(overlaps(place, other)).toBe(false);
    const isIn = ([x, y]: readonly [number, number]) =>
      x > place.left && x < place.right && y > place.top && y < place.bottom;
    for (const {points} of curves) expect(points.filter(isIn)).toEqual([]);
    const nearest = (curve: NamedCurve) =>
      Math.min(...curve.points.map(([x, y]) => Math.hypot(x - place.left, y - place.top)));
    const sorted = [...curves].sort((a, b) => nearest(a) - nearest(b));
    expect(sorted[0]!.name).toBe(place.name);
  }
});

test("a name without a place is left out", () => {
  expect(placeNames(curves, {left: 0, right: 20, top: 0, bottom: 300})).toEqual([]);
  const twice = [line("one", [0, 150], [300, 150]), line("same", [0, 150], [300, 150])];
  const flat = {...frame, top: 152, bottom: 170};
  expect(placeNames([twice[0]!], flat)).toHaveLength(1);
  expect(
    placeNames([line("wide enough to fill the whole of it", [0, 150], [300, 150]), twice[1]!], {...flat, right: 215})
  ).toHaveLength(1);
});

test("on a chart, the names are written within its axes, with a rim that keeps them legible", () => {
  const points = [0.0001, 0.01, 1].map((rate, i) => ({falsePositiveRate: rate, truePositiveRate: i / 2}));
  const chart = rocPlot(points, {width: 400});
  const curve = curveOn(
    chart,
    "Small CNN",
    points.map(({falsePositiveRate, truePositiveRate}) => [falsePositiveRate, truePositiveRate])
  );
  expect(curve.points.length).toBeGreaterThan(40);
  nameCurves(chart, [curve]);
  const text = chart.querySelector(".curve-name")!;
  expect(text.textContent).toBe("Small CNN");
  expect(text.getAttribute("paint-order")).toBe("stroke");
  expect(Number(text.getAttribute("x"))).toBeGreaterThan(44);
  expect(Number(text.getAttribute("y"))).toBeLessThan(356);
});
