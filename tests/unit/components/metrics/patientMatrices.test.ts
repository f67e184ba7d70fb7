import fc from "fast-check";
import {expect, test} from "vitest";
import {
  confusionMatrix,
  patientIndex,
  patientMatrices,
  scoreIndex,
  sumMatrices
} from "../../../../src/components/metrics/index.js";
import {cells} from "./fixture.js";

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
