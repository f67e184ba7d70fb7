import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {
  accuracy,
  balancedAccuracy,
  confusionMatrix,
  f1,
  matthewsCorrelation,
  negativePredictiveValue,
  negativePredictiveValueAtPrevalence,
  precision,
  precisionAtPrevalence,
  scoreIndex,
  sensitivity,
  specificity,
  sumMatrices
} from "../../../../src/components/metrics/index.js";
import {cells, datasets, expectClose, mixed, mixedCells, replaced} from "./fixture.js";

describe("confusionMatrix", () => {
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
});

describe("sumMatrices", () => {
  test("adds matrices, weighted or not", () => {
    const other = {truePositives: 1, falseNegatives: 2, falsePositives: 3, trueNegatives: 4};
    expect(sumMatrices([replaced, other])).toEqual({
      truePositives: 2690,
      falseNegatives: 114,
      falsePositives: 77,
      trueNegatives: 2640
    });
    expect(sumMatrices([replaced, other], Float64Array.of(0, 3))).toEqual({
      truePositives: 3,
      falseNegatives: 6,
      falsePositives: 9,
      trueNegatives: 12
    });
    expect(sumMatrices([])).toEqual({truePositives: 0, falseNegatives: 0, falsePositives: 0, trueNegatives: 0});
    expect(() => sumMatrices([other], Float64Array.of())).toThrow("weights has 0 entries, but matrices has 1");
  });
});

describe("sensitivity", () => {
  test.each(datasets)("agrees with scikit-learn: $name", ({scores, labels, atThreshold}) => {
    const index = scoreIndex(scores, labels);
    for (const row of atThreshold)
      expectClose(sensitivity(confusionMatrix(index, row.threshold)), row.sensitivity, 1e-15);
  });

  test("the replaced system's matrix, by hand", () => {
    expect(sensitivity(replaced)).toBeCloseTo(2689 / 2801, 12);
  });

  test("NaN where it is undefined", () => {
    const empty = {truePositives: 0, falseNegatives: 0, falsePositives: 0, trueNegatives: 0};
    expect(sensitivity(empty)).toBeNaN();
    expect(sensitivity({...empty, trueNegatives: 3})).toBeNaN();
  });
});

describe("specificity", () => {
  test.each(datasets)("agrees with scikit-learn: $name", ({scores, labels, atThreshold}) => {
    const index = scoreIndex(scores, labels);
    for (const row of atThreshold)
      expectClose(specificity(confusionMatrix(index, row.threshold)), row.specificity, 1e-15);
  });

  test("the replaced system's matrix, by hand", () => {
    expect(specificity(replaced)).toBeCloseTo(2636 / 2710, 12);
  });

  test("NaN where it is undefined", () => {
    const empty = {truePositives: 0, falseNegatives: 0, falsePositives: 0, trueNegatives: 0};
    expect(specificity(empty)).toBeNaN();
    expect(specificity({...empty, truePositives: 3})).toBeNaN();
  });
});

describe("precision", () => {
  test.each(datasets)("agrees with scikit-learn: $name", ({scores, labels, atThreshold}) => {
    const index = scoreIndex(scores, labels);
    for (const row of atThreshold) expectClose(precision(confusionMatrix(index, row.threshold)), row.precision, 1e-15);
  });

  test("the replaced system's matrix, by hand", () => {
    expect(precision(replaced)).toBeCloseTo(2689 / 2763, 12);
  });

  test("NaN where it is undefined", () => {
    const empty = {truePositives: 0, falseNegatives: 0, falsePositives: 0, trueNegatives: 0};
    expect(precision(empty)).toBeNaN();
    expect(precision({...empty, falseNegatives: 3})).toBeNaN();
  });
});

describe("negativePredictiveValue", () => {
  test.each(datasets)("agrees with scikit-learn: $name", ({scores, labels, atThreshold}) => {
    const index = scoreIndex(scores, labels);
    for (const row of atThreshold)
      expectClose(negativePredictiveValue(confusionMatrix(index, row.threshold)), row.negativePredictiveValue, 1e-15);
  });

  test("the replaced system's matrix, by hand", () => {
    expect(negativePredictiveValue(replaced)).toBeCloseTo(2636 / 2748, 12);
  });

  test("NaN where it is undefined", () => {
    const empty = {truePositives: 0, falseNegatives: 0, falsePositives: 0, trueNegatives: 0};
    expect(negativePredictiveValue(empty)).toBeNaN();
    expect(negativePredictiveValue({...empty, falsePositives: 3})).toBeNaN();
  });
});

describe("accuracy", () => {
  test.each(datasets)("agrees with scikit-learn: $name", ({scores, labels, atThreshold}) => {
    const index = scoreIndex(scores, labels);
    for (const row of atThreshold) expectClose(accuracy(confusionMatrix(index, row.threshold)), row.accuracy, 1e-15);
  });

  test("the replaced system's matrix, by hand", () => {
    expect(accuracy(replaced)).toBeCloseTo(5325 / 5511, 12);
    expect(accuracy(replaced).toFixed(5)).toBe("0.96625");
  });

  test("NaN where it is undefined", () => {
    const empty = {truePositives: 0, falseNegatives: 0, falsePositives: 0, trueNegatives: 0};
    expect(accuracy(empty)).toBeNaN();
  });
});

describe("balancedAccuracy", () => {
  test.each(datasets)("agrees with scikit-learn: $name", ({scores, labels, atThreshold}) => {
    const index = scoreIndex(scores, labels);
    for (const row of atThreshold)
      expectClose(balancedAccuracy(confusionMatrix(index, row.threshold)), row.balancedAccuracy, 1e-15);
  });

  test("the replaced system's matrix, by hand", () => {
    expect(balancedAccuracy(replaced)).toBeCloseTo((2689 / 2801 + 2636 / 2710) / 2, 12);
  });

  test("NaN where it is undefined", () => {
    const empty = {truePositives: 0, falseNegatives: 0, falsePositives: 0, trueNegatives: 0};
    expect(balancedAccuracy(empty)).toBeNaN();
    expect(balancedAccuracy({...empty, truePositives: 3})).toBeNaN();
  });
});

describe("f1", () => {
  test.each(datasets)("agrees with scikit-learn: $name", ({scores, labels, atThreshold}) => {
    const index = scoreIndex(scores, labels);
    for (const row of atThreshold) expectClose(f1(confusionMatrix(index, row.threshold)), row.f1, 1e-15);
  });

  test("the replaced system's matrix, by hand", () => {
    expect(f1(replaced)).toBeCloseTo(5378 / 5564, 12);
  });

  test("NaN where it is undefined", () => {
    const empty = {truePositives: 0, falseNegatives: 0, falsePositives: 0, trueNegatives: 0};
    expect(f1(empty)).toBeNaN();
    expect(f1({...empty, trueNegatives: 3})).toBeNaN();
  });
});

describe("matthewsCorrelation", () => {
  test.each(datasets)("agrees with scikit-learn: $name", ({scores, labels, atThreshold}) => {
    const index = scoreIndex(scores, labels);
    for (const row of atThreshold)
      expectClose(matthewsCorrelation(confusionMatrix(index, row.threshold)), row.matthewsCorrelation, 1e-15);
  });

  test("the replaced system's matrix, by hand", () => {
    expect(matthewsCorrelation(replaced)).toBeCloseTo(
      (2689 * 2636 - 74 * 112) / Math.sqrt(2801 * 2710 * 2763 * 2748),
      12
    );
  });

  test("NaN where it is undefined", () => {
    const empty = {truePositives: 0, falseNegatives: 0, falsePositives: 0, trueNegatives: 0};
    expect(matthewsCorrelation(empty)).toBeNaN();
    expect(matthewsCorrelation({...empty, truePositives: 3, falseNegatives: 2})).toBeNaN();
  });
});

describe("precisionAtPrevalence", () => {
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
});

describe("negativePredictiveValueAtPrevalence", () => {
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
});
