import fc from "fast-check";
import {expect, test} from "vitest";
import {
  confusionMatrix,
  precision,
  precisionAtPrevalence,
  scoreIndex,
  sensitivity,
  specificity
} from "../../../../src/components/metrics/index.js";
import {expectClose, mixed, mixedCells} from "./fixture.js";

test.each(mixed)("agrees with reweighted cells: $name", ({scores, labels, atThreshold}) => {
  const index = scoreIndex(scores, labels);
  for (const {threshold, bayes} of atThreshold) {
    const matrix = confusionMatrix(index, threshold);
    for (const {prevalence, precision} of bayes!) {
      const shares = {sensitivity: sensitivity(matrix), specificity: specificity(matrix), prevalence};
      expectClose(precisionAtPrevalence(shares), precision);
    }
  }
});

test.each([
  [0.5, 0.971],
  [0.05, 0.64],
  [0.033, 0.536],
  [0.01, 0.255],
  [0.001, 0.033]
])("at sensitivity .947, specificity .972 and prevalence %f: %f", (prevalence, expected) => {
  expect(precisionAtPrevalence({sensitivity: 0.947, specificity: 0.972, prevalence})).toBeCloseTo(expected, 3);
});

test("at the sample's own prevalence it is the precision", () => {
  fc.assert(
    fc.property(mixedCells, fc.double({min: 0, max: 1, noNaN: true}), ({scores, labels}, threshold) => {
      const matrix = confusionMatrix(scoreIndex(scores, labels), threshold);
      const prevalence = labels.reduce((sum, label) => sum + label, 0) / labels.length;
      const shares = {sensitivity: sensitivity(matrix), specificity: specificity(matrix), prevalence};
      expectClose(precisionAtPrevalence(shares), precision(matrix));
    })
  );
});

test("refuses a prevalence outside 0…1", () => {
  for (const prevalence of [-0.1, 1.1, NaN])
    expect(() => precisionAtPrevalence({sensitivity: 0.9, specificity: 0.9, prevalence})).toThrow(
      new RangeError(`prevalence is ${prevalence}; it must lie in 0…1`)
    );
});
