import {expect, test} from "vitest";
import {axesOf, axisNames, labelledBins} from "../../../../src/components/explorer/axes.js";
import {signedHue} from "../../../../src/data/shapes/columns.js";
import {cells} from "./support.js";

const scores = Float64Array.from({length: cells.count}, (_, i) => (i % 3 === 0 ? NaN : (i % 1000) / 999));
const axes = axesOf(cells, {network: scores, colour: scores});

test.each(axisNames)("%s: places run from end to end, values come back, every value has a bar", (name) => {
  const {axis, values} = axes[name];
  for (const place of [0.1, 0.25, 0.5, 0.9]) {
    expect(axis.place(axis.value(place))).toBeCloseTo(place, 1);
    expect(Math.abs(axis.place(axis.value(place)) - place) * axis.binCount).toBeLessThan(0.6);
  }
  expect([axis.place(-Infinity), axis.place(name === "score" || name === "colour" ? 1 : Infinity)]).toEqual(
    name === "score" || name === "colour" ? [NaN, 1] : [0, 1]
  );
  const bins = labelledBins(axis, values, cells.label);
  bins.forEach((bin, i) => {
    if (Number.isNaN(values[i]!)) expect(bin).toBe(2 * axis.binCount);
    else if (bin % 2 !== cells.label[i] || bin >= 2 * axis.binCount) expect.fail(`cell ${i} is in bin ${bin}`);
  });
  expect(axis.ticks.length).toBeGreaterThan(2);
});

test("few cells lie beyond the ends of the axes", () => {
  for (const name of ["hue", "brightness", "frame"] as const) {
    const {axis, values} = axes[name];
    const beyond = values.filter((value) => [0, 1].includes(axis.place(value))).length;
    expect(beyond / cells.count).toBeLessThan(0.005);
  }
});

test("hues on both sides of red lie side by side", () => {
  expect([signedHue(0), signedHue(180), signedHue(359)]).toEqual([0, 180, -1]);
});

test("ticks are written with their unit and a true minus", () => {
  const texts = (name: "hue" | "brightness" | "frame") => axes[name].axis.ticks.map(([, text]) => text);
  expect(texts("hue")).toEqual(["−120°", "−90°", "−60°", "−30°", "0°", "30°"]);
  expect(texts("brightness")).toEqual(["0.4", "0.5", "0.6", "0.7"]);
  expect(texts("frame")).toEqual(["0.2", "0.4", "0.6"]);
});
