import {expect, test} from "vitest";
import {applyTemperature, fitTemperature, logLoss} from "../../../../src/components/metrics/index.js";
import {expectClose, mixed} from "./fixture.js";

const fittable = mixed.filter(({temperature}) => temperature);

test("the fixture has something to fit", () => expect(fittable.map(({name}) => name)).toContain("overconfident"));

test.each(fittable)("agrees with scipy's root of the slope: $name", ({scores, labels, temperature}) => {
  expectClose(fitTemperature(scores, labels), temperature!.fitted, 1e-11);
});

test.each(fittable)("no other temperature has a lower log loss: $name", ({scores, labels}) => {
  const kept = scores.map((score) => Math.min(Math.max(score, Number.EPSILON), 1 - Number.EPSILON));
  const fitted = fitTemperature(scores, labels);
  const loss = logLoss(applyTemperature(kept, fitted), labels);
  for (const factor of [0.1, 0.9, 0.999, 1.001, 1.1, 10])
    expect(logLoss(applyTemperature(kept, fitted * factor), labels)).toBeGreaterThan(loss);
});

test("finds the temperature that was applied to calibrated scores", () => {
  const scores = Float64Array.from({length: 1000}, (_, i) => (i < 500 ? 0.8 : 0.2));
  const labels = Uint8Array.from(scores, (score, i) => Number(i % 10 < score * 10));
  expect(fitTemperature(scores, labels)).toBeCloseTo(1, 12);
  expect(fitTemperature(applyTemperature(scores, 0.25), labels)).toBeCloseTo(4, 11);
});

test("stops at the ends: 0.01 for faultless scores, 100 for useless ones", () => {
  expect(fitTemperature(Float64Array.of(0.9, 0.2), Uint8Array.of(1, 0))).toBe(0.01);
  expect(fitTemperature(Float64Array.of(0.9, 0.2), Uint8Array.of(0, 1))).toBe(100);
  expect(fitTemperature(Float64Array.of(0, 1, 1), Uint8Array.of(1, 0, 1))).toBe(100);
});

test("converges over 27,558 cells of extreme scores", () => {
  const scores = Float32Array.from({length: 27558}, (_, i) => 1 / (1 + Math.exp(-60 * Math.sin(i))));
  const labels = Uint8Array.from(scores, (_, i) => Number(Math.sin(i) + 0.3 * Math.sin(7 * i + 1) > 0));
  const fitted = fitTemperature(scores, labels);
  expect(fitted).toBeGreaterThan(1);
  expect(fitted).toBeLessThan(20);
});
