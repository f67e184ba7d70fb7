import fc from "fast-check";
import {expect, test} from "vitest";
import {confusionMatrix, scoreIndex} from "../../../../src/components/metrics/index.js";
import {cells, datasets} from "./fixture.js";

test.each(datasets)("agrees with scikit-learn: $name", ({scores, labels, atThreshold}) => {
  const index = scoreIndex(scores, labels);
  for (const {threshold, matrix} of atThreshold) {
    const {truePositives, falseNegatives, falsePositives, trueNegatives} = confusionMatrix(index, threshold);
    expect([
      [truePositives, falseNegatives],
      [falsePositives, trueNegatives]
    ]).toEqual(matrix);
  }
});

test("counts what a plain loop counts and sums to n, also at scores that occur", () => {
  fc.assert(
    fc.property(cells, fc.nat(), ({scores, labels}, pick) => {
      const threshold = scores[pick % scores.length]!;
      const count = (called: boolean, label: number) =>
        scores.filter((score, i) => score >= threshold === called && labels[i] === label).length;
      const matrix = confusionMatrix(scoreIndex(scores, labels), threshold);
      expect(matrix).toEqual({
        truePositives: count(true, 1),
        falseNegatives: count(false, 1),
        falsePositives: count(true, 0),
        trueNegatives: count(false, 0)
      });
      expect(Object.values(matrix).reduce((sum, cells) => sum + cells)).toBe(scores.length);
    })
  );
});

test("calls none at an infinite threshold, all at minus infinity, and refuses NaN", () => {
  const index = scoreIndex(Float64Array.of(0, 1, 1), Uint8Array.of(0, 1, 0));
  expect(confusionMatrix(index, Infinity)).toEqual({
    truePositives: 0,
    falseNegatives: 1,
    falsePositives: 0,
    trueNegatives: 2
  });
  expect(confusionMatrix(index, -Infinity).falsePositives).toBe(2);
  expect(() => confusionMatrix(index, NaN)).toThrow(new RangeError("threshold is NaN; it must be a number"));
});
