import {expect, test} from "vitest";
import {patientFigures} from "../../../../src/components/metrics/index.js";

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
