import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {
  confusionMatrix,
  lowestCostPoint,
  operatingPoint,
  reweigh,
  scoreIndex,
  sensitivity,
  sensitivityAtSpecificity,
  specificity,
  specificityAtSensitivity,
  youdenPoint
} from "../../../../src/components/metrics/index.js";
import {expectClose, mixed, mixedCells} from "./fixture.js";

describe("operatingPoint", () => {
  test("takes the highest merit and, of equals, the highest threshold, which may be infinite", () => {
    const index = scoreIndex(Float64Array.of(0.9, 0.8, 0.7, 0.6), Uint8Array.of(1, 0, 1, 0));
    expect(operatingPoint(index, (found) => found).threshold).toBe(0.7);
    expect(operatingPoint(index, (_, alarms) => alarms)).toMatchObject({
      threshold: 0.6,
      sensitivity: 1,
      specificity: 0
    });
    expect(operatingPoint(index, () => 0)).toMatchObject({threshold: Infinity, sensitivity: 0, specificity: 1});
  });
});

describe("youdenPoint", () => {
  test.each(mixed)("agrees with a brute-force search: $name", ({scores, labels, chosen: {youden}}) => {
    const point = youdenPoint(scoreIndex(scores, labels));
    expectClose(point.threshold, youden.threshold, 0);
    expectClose(point.sensitivity, youden.sensitivity, 1e-15);
    expectClose(point.specificity, youden.specificity, 1e-15);
  });

  test("no threshold does better", () => {
    fc.assert(
      fc.property(mixedCells, fc.double({min: 0, max: 1, noNaN: true}), ({scores, labels}, threshold) => {
        const index = scoreIndex(scores, labels);
        const best = youdenPoint(index);
        const other = confusionMatrix(index, threshold);
        const gain = sensitivity(other) + specificity(other) - best.sensitivity - best.specificity;
        expect(gain).toBeLessThanOrEqual(1e-15);
      })
    );
  });

  test("all NaN if a class is missing", () => {
    expect(youdenPoint(scoreIndex(Float64Array.of(0.9), Uint8Array.of(0)))).toEqual({
      threshold: NaN,
      sensitivity: NaN,
      specificity: NaN,
      matrix: {truePositives: NaN, falseNegatives: NaN, falsePositives: NaN, trueNegatives: NaN}
    });
  });
});

describe("lowestCostPoint", () => {
  test.each(mixed)("agrees with a brute-force search: $name", ({scores, labels, chosen}) => {
    const index = scoreIndex(scores, labels);
    for (const {ratio, ...expected} of chosen.cost) {
      const point = lowestCostPoint(index, ratio);
      expectClose(point.threshold, expected.threshold, 0);
      expectClose(point.sensitivity, expected.sensitivity, 1e-15);
      expectClose(point.specificity, expected.specificity, 1e-15);
    }
  });

  test("the matrix is the one at the threshold; all NaN if a class is missing", () => {
    const index = scoreIndex(Float64Array.of(0.9, 0.6, 0.5, 0.1), Uint8Array.of(1, 0, 1, 0));
    const point = lowestCostPoint(index, 1);
    expect(point.matrix).toEqual(confusionMatrix(index, point.threshold));
    const missing = lowestCostPoint(scoreIndex(Float64Array.of(0.9), Uint8Array.of(1)), 1);
    expect([missing.threshold, missing.sensitivity, missing.specificity]).toEqual([NaN, NaN, NaN]);
  });

  test("by hand: a dear miss lowers the threshold, a cheap one raises it", () => {
    const index = scoreIndex(Float64Array.of(0.9, 0.8, 0.7, 0.6), Uint8Array.of(1, 0, 0, 1));
    expect(lowestCostPoint(index, 10).threshold).toBe(0.6);
    expect(lowestCostPoint(index, 1.9).threshold).toBe(0.9);
    expect(lowestCostPoint(index, 2).threshold).toBe(0.9);
  });

  test("refuses a ratio that is not above 0", () => {
    const index = scoreIndex(Float64Array.of(0.9), Uint8Array.of(1));
    for (const ratio of [0, -1, NaN, Infinity])
      expect(() => lowestCostPoint(index, ratio)).toThrow(`ratio is ${ratio}; it must be finite and above 0`);
  });
});

describe("sensitivityAtSpecificity", () => {
  test.each(mixed)("agrees with a brute-force search: $name", ({scores, labels, chosen}) => {
    const index = scoreIndex(scores, labels);
    for (const {wish, ...expected} of chosen.sensitivityAtSpecificity) {
      const point = sensitivityAtSpecificity(index, wish);
      expectClose(point.threshold, expected.threshold, 0);
      expectClose(point.sensitivity, expected.sensitivity, 1e-15);
      expectClose(point.specificity, expected.specificity, 1e-15);
    }
  });

  test("the matrix is the one at the threshold; all NaN if a class is missing", () => {
    const index = scoreIndex(Float64Array.of(0.9, 0.6, 0.5, 0.1), Uint8Array.of(1, 0, 1, 0));
    const point = sensitivityAtSpecificity(index, 1);
    expect(point.matrix).toEqual(confusionMatrix(index, point.threshold));
    const missing = sensitivityAtSpecificity(scoreIndex(Float64Array.of(0.9), Uint8Array.of(1)), 1);
    expect([missing.threshold, missing.sensitivity, missing.specificity]).toEqual([NaN, NaN, NaN]);
  });

  test("by hand: no step reaches ⅔ exactly, so the next better one is taken", () => {
    const index = scoreIndex(Float64Array.of(0.9, 0.8, 0.7, 0.6), Uint8Array.of(1, 0, 1, 0));
    expect(sensitivityAtSpecificity(index, 2 / 3)).toMatchObject({threshold: 0.9, sensitivity: 0.5, specificity: 1});
    expect(sensitivityAtSpecificity(index, 0.5)).toMatchObject({threshold: 0.7, sensitivity: 1, specificity: 0.5});
  });

  test("refuses a specificity outside 0…1", () => {
    const index = scoreIndex(Float64Array.of(0.9), Uint8Array.of(1));
    for (const wish of [-0.1, 97, NaN])
      expect(() => sensitivityAtSpecificity(index, wish)).toThrow(`specificity is ${wish}; it must lie in 0…1`);
  });
});

describe("specificityAtSensitivity", () => {
  test.each(mixed)("agrees with a brute-force search: $name", ({scores, labels, chosen}) => {
    const index = scoreIndex(scores, labels);
    for (const {wish, ...expected} of chosen.specificityAtSensitivity) {
      const point = specificityAtSensitivity(index, wish);
      expectClose(point.threshold, expected.threshold, 0);
      expectClose(point.sensitivity, expected.sensitivity, 1e-15);
      expectClose(point.specificity, expected.specificity, 1e-15);
    }
  });

  test("the matrix is the one at the threshold; all NaN if a class is missing", () => {
    const index = scoreIndex(Float64Array.of(0.9, 0.6, 0.5, 0.1), Uint8Array.of(1, 0, 1, 0));
    const point = specificityAtSensitivity(index, 1);
    expect(point.matrix).toEqual(confusionMatrix(index, point.threshold));
    const missing = specificityAtSensitivity(scoreIndex(Float64Array.of(0.9), Uint8Array.of(1)), 1);
    expect([missing.threshold, missing.sensitivity, missing.specificity]).toEqual([NaN, NaN, NaN]);
  });

  test("by hand: of equal specificities the one with the higher sensitivity", () => {
    const index = scoreIndex(Float64Array.of(0.9, 0.8, 0.7, 0.6), Uint8Array.of(1, 1, 0, 1));
    expect(specificityAtSensitivity(index, 0.3)).toMatchObject({threshold: 0.8, sensitivity: 2 / 3, specificity: 1});
    expect(specificityAtSensitivity(index, 0.7)).toMatchObject({threshold: 0.6, sensitivity: 1, specificity: 0});
  });

  test("refuses a sensitivity outside 0…1", () => {
    const index = scoreIndex(Float64Array.of(0.9), Uint8Array.of(1));
    for (const wish of [-0.1, 97, NaN])
      expect(() => specificityAtSensitivity(index, wish)).toThrow(`sensitivity is ${wish}; it must lie in 0…1`);
  });
});

test("the searches of wished rates find what trying every step finds, whatever the weights", () => {
  fc.assert(
    fc.property(mixedCells, fc.constantFrom(0, 0.25, 0.5, 0.9, 1), ({scores, labels, weights}, wish) => {
      const index = reweigh(scoreIndex(scores, labels), weights);
      const {positives, negatives} = index;
      const least = Math.min(
        ...Array.from(index.truePositives, (found, i) =>
          found / positives >= wish ? index.falsePositives[i]! : Infinity
        ),
        wish === 0 ? 0 : Infinity
      );
      expect(sensitivityAtSpecificity(index, wish)).toEqual(
        operatingPoint(index, (found, alarms) => ((negatives - alarms) / negatives >= wish ? found : -1))
      );
      expect(specificityAtSensitivity(index, wish)).toEqual(
        operatingPoint(index, (found, alarms) => (alarms === least ? found : -1))
      );
    })
  );
});
