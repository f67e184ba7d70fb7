import fc from "fast-check";
import {expect, test} from "vitest";
import {
  averagePrecision,
  confusionMatrix,
  reweigh,
  rocArea,
  scoreIndex
} from "../../../../src/components/metrics/index.js";
import {expectClose, mixedCells} from "./fixture.js";

test("weighing a cell k times is having it k times", () => {
  fc.assert(
    fc.property(mixedCells, fc.double({min: 0, max: 1, noNaN: true}), ({scores, labels, weights}, threshold) => {
      const rows = Array.from(weights).flatMap((weight, i) => Array<number>(weight).fill(i));
      fc.pre(rows.length > 0);
      const weighted = reweigh(scoreIndex(scores, labels), weights);
      const repeated = scoreIndex(
        Float64Array.from(rows, (i) => scores[i]!),
        Uint8Array.from(rows, (i) => labels[i]!)
      );
      expect(confusionMatrix(weighted, threshold)).toEqual(confusionMatrix(repeated, threshold));
      expect(rocArea(weighted)).toBe(rocArea(repeated));
      expectClose(averagePrecision(weighted), averagePrecision(repeated), 1e-14);
    })
  );
});

test("replaces the weights and leaves the index as it was", () => {
  const index = scoreIndex(Float64Array.of(0.2, 0.8), Uint8Array.of(0, 1));
  const tripled = reweigh(index, Float64Array.of(3, 3));
  expect(reweigh(tripled, Float64Array.of(1, 1))).toEqual(index);
  expect(index.positives).toBe(1);
});

test("refuses weights that do not fit", () => {
  const index = scoreIndex(Float64Array.of(0.2, 0.8), Uint8Array.of(0, 1));
  expect(() => reweigh(index, Float64Array.of(1))).toThrow(new RangeError("weights has 1 entries, but scores has 2"));
  expect(() => reweigh(index, Float64Array.of(1, -2))).toThrow("weights[1] is -2");
});
