// @vitest-environment jsdom
import {expect, test} from "vitest";
import {curve} from "../../../../src/components/fool/curve.js";

test("draws the chance along a slider with its threshold and place, and says its ends", () => {
  const drawn = curve({values: [0, 1, 2], chances: [0.99, 0.5, 0.1], threshold: 0.5, at: 1, label: "Blur (px)"});
  expect(drawn.getAttribute("aria-label")).toBe("Chance of a parasite along Blur (px): from 10 % to 99 %");
  const points = drawn
    .querySelector("polyline")!
    .getAttribute("points")!
    .split(" ")
    .map((point) => point.split(",").map(Number) as [number, number]);
  expect(points.map(([x]) => x)).toEqual([...points.map(([x]) => x)].sort((a, b) => a - b));
  expect(points[0]![1]).toBeLessThan(points[2]![1]);
  const place = (name: string, side: string) => Number(drawn.querySelector(`.curve-${name}`)!.getAttribute(side));
  expect(place("at", "x1")).toBeCloseTo(points[1]![0], 1);
  expect(place("threshold", "y1")).toBeCloseTo(points[1]![1], 1);
});
