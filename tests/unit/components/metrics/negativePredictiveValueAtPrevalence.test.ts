import fc from "fast-check";
import {expect, test} from "vitest";
import {
  confusionMatrix,
  negativePredictiveValue,
  negativePredictiveValueAtPrevalence,
  scoreIndex,
  sensitivity,
  specificity
} from "../../../../src/components/metrics/index.js";
import {expectClose, mixed, mixedCells} from "./fixture.js";

test.each(mixed)("agrees with reweighted cells: $name", ({scores, labels, atThreshold}) => {
  const index = scoreIndex(scores, labels);
  for (const {threshold, bayes} of atThreshold) {
    const matrix = confusionMatrix(index, threshold);
    for (const {prevalence, negativePredictiveValue} of bayes!) {
      const shares = {sensitivity: sensitivity(matrix), specificity: specificity(matrix), prevalence};
      expectClose(negativePredictiveValueAtPrevalence(shares), negativePredictiveValue);
    }
  }
});

test("by hand", () => {
  const shares = {sensitivity: 0.9, specificity: 0.8, prevalence: 0.25};
  expect(negativePredictiveValueAtPrevalence(shares)).toBeCloseTo(0.6 / 0.625, 14);
});

test("at the sample's own prevalence it is that of the sample", () => {
  fc.assert(
    fc.property(mixedCells, fc.double({min: 0, max: 1, noNaN: true}), ({scores, labels}, threshold) => {
      const matrix = confusionMatrix(scoreIndex(scores, labels), threshold);
      const prevalence = labels.reduce((sum, label) => sum + label, 0) / labels.length;
      const shares = {sensitivity: sensitivity(matrix), specificity: specificity(matrix), prevalence};
      expectClose(negativePredictiveValueAtPrevalence(shares), negativePredictiveValue(matrix));
    })
  );
});

test("refuses a prevalence outside 0…1", () => {
  for (const prevalence of [-0.1, 1.1, NaN])
    expect(() => negativePredictiveValueAtPrevalence({sensitivity: 0.9, specificity: 0.9, prevalence})).toThrow(
      new RangeError(`prevalence is ${prevalence}; it must lie in 0…1`)
    );
});
