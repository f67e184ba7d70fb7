import fc from "fast-check";
import {expect, test} from "vitest";
import {
  confusionMatrix,
  scoreIndex,
  sensitivity,
  specificity,
  youdenPoint
} from "../../../../src/components/metrics/index.js";
import {expectClose, mixed, mixedCells} from "./fixture.js";

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
