import {expect, test} from "vitest";
import {patientIndex} from "../../../../src/components/metrics/index.js";

test("numbers the patients in code-point order", () => {
  expect(patientIndex(["C9", "C10", "C9", "C1"])).toEqual({
    names: ["C1", "C10", "C9"],
    codes: Uint32Array.of(2, 1, 2, 0)
  });
});

test("refuses no cells and empty keys", () => {
  expect(() => patientIndex([])).toThrow(new RangeError("patients is empty; give one patient a cell"));
  expect(() => patientIndex(["C1", ""])).toThrow(new RangeError("patients[1] is empty; every cell needs its patient"));
});
