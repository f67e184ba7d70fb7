import {expect, test} from "vitest";
import {patientMean, sensitivity, specificity, sumMatrices} from "../../../../src/components/metrics/index.js";

const matrices = [
  {truePositives: 9, falseNegatives: 1, falsePositives: 0, trueNegatives: 5},
  {truePositives: 1, falseNegatives: 1, falsePositives: 1, trueNegatives: 3},
  {truePositives: 0, falseNegatives: 0, falsePositives: 1, trueNegatives: 9}
];

test("macro over the patients it is defined for, beside pooled", () => {
  expect(patientMean(matrices, sensitivity)).toEqual({
    mean: 0.7,
    deviation: expect.closeTo(Math.sqrt(0.08), 14),
    count: 2
  });
  expect(sensitivity(sumMatrices(matrices))).toBe(10 / 12);
  expect(patientMean(matrices, specificity).mean).toBeCloseTo((1 + 0.75 + 0.9) / 3, 14);
});

test("NaN for none, no deviation for one", () => {
  expect(patientMean(matrices.slice(2), sensitivity)).toEqual({mean: NaN, deviation: NaN, count: 0});
  expect(patientMean(matrices.slice(2), specificity)).toEqual({mean: 0.9, deviation: NaN, count: 1});
});
