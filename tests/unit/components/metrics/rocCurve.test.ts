import fc from "fast-check";
import {expect, test} from "vitest";
import {rocArea, rocCurve, scoreIndex} from "../../../../src/components/metrics/index.js";
import {datasets, expectAllClose, expectClose, mixed, mixedCells} from "./fixture.js";

test.each(mixed)(
  "has scikit-learn's points, with and without the intermediate ones: $name",
  ({scores, labels, roc}) => {
    const index = scoreIndex(scores, labels);
    for (const [dropIntermediate, expected] of [[false, roc!.all] as const, [true, roc!.dropped] as const]) {
      const curve = rocCurve(index, {dropIntermediate});
      expectAllClose(curve.falsePositiveRates, expected.falsePositiveRates, 1e-15);
      expectAllClose(curve.truePositiveRates, expected.truePositiveRates, 1e-15);
      expectAllClose(curve.thresholds, ["Infinity", ...expected.thresholds.slice(1)], 0);
    }
  }
);

test("by hand, a tie making a slanted step", () => {
  const index = scoreIndex(Float64Array.of(0.9, 0.5, 0.5, 0.1), Uint8Array.of(1, 1, 0, 0));
  expect(rocCurve(index)).toEqual({
    thresholds: Float64Array.of(Infinity, 0.9, 0.5, 0.1),
    falsePositiveRates: Float64Array.of(0, 0, 0.5, 1),
    truePositiveRates: Float64Array.of(0, 0.5, 1, 1)
  });
});

test("rises from (0, 0) to (1, 1) and encloses the area, thinned or not", () => {
  fc.assert(
    fc.property(mixedCells, fc.boolean(), ({scores, labels}, dropIntermediate) => {
      const index = scoreIndex(scores, labels);
      const {thresholds, falsePositiveRates: x, truePositiveRates: y} = rocCurve(index, {dropIntermediate});
      const last = x.length - 1;
      expect([x[0], y[0], x[last], y[last], thresholds[0]]).toEqual([0, 0, 1, 1, Infinity]);
      let area = 0;
      for (let i = 1; i <= last; i++) {
        expect(x[i]! >= x[i - 1]! && y[i]! >= y[i - 1]! && thresholds[i]! < thresholds[i - 1]!).toBe(true);
        area += ((x[i]! - x[i - 1]!) * (y[i]! + y[i - 1]!)) / 2;
      }
      expectClose(area, rocArea(index));
    })
  );
});

test("the rate of a missing class is NaN", () => {
  for (const {name, scores, labels} of datasets) {
    const {falsePositiveRates, truePositiveRates} = rocCurve(scoreIndex(scores, labels));
    expect(falsePositiveRates.some(Number.isNaN)).toBe(name === "all parasitized");
    expect(truePositiveRates.some(Number.isNaN)).toBe(name === "all uninfected");
  }
});
