import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {
  confusionMatrix,
  patientFigures,
  patientIndex,
  patientMatrices,
  patientMean,
  scoreIndex,
  sensitivity,
  specificity,
  sumMatrices
} from "../../../../src/components/metrics/index.js";
import {cells} from "./fixture.js";

describe("patientIndex", () => {
  test("numbers the patients in code-point order", () => {
    expect(patientIndex(["C9", "C10", "C9", "C1"])).toEqual({
      names: ["C1", "C10", "C9"],
      codes: Uint32Array.of(2, 1, 2, 0)
    });
  });

  test("refuses no cells and empty keys", () => {
    expect(() => patientIndex([])).toThrow(new RangeError("patients is empty; give one patient a cell"));
    expect(() => patientIndex(["C1", ""])).toThrow(
      new RangeError("patients[1] is empty; every cell needs its patient")
    );
  });
});

describe("patientMatrices", () => {
  test("by hand, a score at the threshold counting as parasitized", () => {
    const patients = patientIndex(["C2", "C1", "C2", "C1", "C2"]);
    expect(
      patientMatrices(patients, Float64Array.of(0.5, 0.4, 0.6, 0.9, 0.1), Uint8Array.of(1, 1, 0, 1, 0), 0.5)
    ).toEqual([
      {truePositives: 1, falseNegatives: 1, falsePositives: 0, trueNegatives: 0},
      {truePositives: 1, falseNegatives: 0, falsePositives: 1, trueNegatives: 1}
    ]);
  });

  test("add up to the matrix of all cells", () => {
    fc.assert(
      fc.property(cells, fc.double({min: 0, max: 1, noNaN: true}), ({scores, labels, patients}, threshold) => {
        const matrices = patientMatrices(patientIndex(patients), scores, labels, threshold);
        expect(sumMatrices(matrices)).toEqual(confusionMatrix(scoreIndex(scores, labels), threshold));
      })
    );
  });

  test("refuses a threshold that is NaN and another number of cells", () => {
    const patients = patientIndex(["C1", "C1"]);
    expect(() => patientMatrices(patients, Float64Array.of(0.5), Uint8Array.of(1), 0.5)).toThrow(
      new RangeError("patients.codes has 2 entries, but scores has 1")
    );
    expect(() => patientMatrices(patients, Float64Array.of(0.5, 1), Uint8Array.of(1, 0), NaN)).toThrow(
      "threshold is NaN"
    );
  });
});

describe("patientFigures", () => {
  const sick = {truePositives: 3, falseNegatives: 1, falsePositives: 2, trueNegatives: 6};
  const healthy = {truePositives: 0, falseNegatives: 0, falsePositives: 1, trueNegatives: 19};

  test("one row a patient; the sensitivity of a healthy one is undefined", () => {
    expect(patientFigures(["C1", "C2"], [sick, healthy])).toEqual([
      {
        patient: "C1",
        cells: 12,
        positives: 4,
        matrix: sick,
        sensitivity: 0.75,
        specificity: 0.75,
        falsePositiveRate: 0.25
      },
      {
        patient: "C2",
        cells: 20,
        positives: 0,
        matrix: healthy,
        sensitivity: NaN,
        specificity: 0.95,
        falsePositiveRate: 0.05
      }
    ]);
  });

  test("refuses unequal lengths", () => {
    expect(() => patientFigures(["C1"], [])).toThrow(new RangeError("matrices has 0 entries, but names has 1"));
  });
});

describe("patientMean", () => {
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
});
