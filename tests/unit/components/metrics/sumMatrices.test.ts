import {expect, test} from "vitest";
import {sumMatrices} from "../../../../src/components/metrics/index.js";
import {replaced} from "./fixture.js";

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
