import fc from "fast-check";
import {expect, test} from "vitest";
import {applyTemperature, rocArea, scoreIndex} from "../../../../src/components/metrics/index.js";
import {expectAllClose, expectClose, mixed} from "./fixture.js";

const score = fc.double({min: 0, max: 1, noNaN: true});
const temperature = fc.double({min: 0.1, max: 20, noNaN: true});
const scale = (value: number, t: number) => applyTemperature(Float64Array.of(value), t)[0]!;

test.each(mixed)("agrees with scipy's logit and expit: $name", ({scores, temperature}) => {
  for (const [t, applied] of Object.entries(temperature?.applied ?? {}))
    expectAllClose(applyTemperature(scores, Number(t)), applied, 1e-12);
});

test("by hand: odds of 9 become odds of 3 at temperature 2", () => {
  expect(scale(0.9, 2)).toBeCloseTo(0.75, 14);
});

test("1 is the identity; 0, ½ and 1 never move; classes mirror; steps multiply", () => {
  fc.assert(
    fc.property(score, temperature, temperature, (p, t, u) => {
      expect(scale(p, 1)).toBeCloseTo(p, 14);
      expect([scale(0, t), scale(0.5, t), scale(1, t)]).toEqual([0, 0.5, 1]);
      const q = Math.round(p * 1024) / 1024;
      expectClose(scale(q, t) + scale(1 - q, t), 1);
      if (p > 1e-9 && p < 1 - 1e-6) expect(scale(scale(q, 1 + t), 1 + u)).toBeCloseTo(scale(q, (1 + t) * (1 + u)), 10);
    })
  );
});

test("keeps the ROC area", () => {
  const {scores, labels} = mixed.find(({name}) => name === "ties")!;
  expect(rocArea(scoreIndex(applyTemperature(scores, 2.5), labels))).toBe(rocArea(scoreIndex(scores, labels)));
});
