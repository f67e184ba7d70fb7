import fc from "fast-check";
import {expect, test} from "vitest";
import {averagePrecision, precisionRecallCurve, reweigh, scoreIndex} from "../../../../src/components/metrics/index.js";
import {expectClose, mixed, mixedCells} from "./fixture.js";

test.each(mixed)("agrees with scikit-learn: $name", (dataset) => {
  const index = scoreIndex(dataset.scores, dataset.labels);
  expectClose(averagePrecision(index), dataset.averagePrecision, 1e-14);
  expectClose(averagePrecision(reweigh(index, dataset.weights)), dataset.weightedAveragePrecision, 1e-14);
});

test("by hand: precision 1 at recall ½, then 2 of 3", () => {
  const index = scoreIndex(Float64Array.of(0.8, 0.4, 0.35, 0.1), Uint8Array.of(1, 0, 1, 0));
  expect(averagePrecision(index)).toBeCloseTo(5 / 6, 15);
});

test("is the sum of the steps under the curve", () => {
  fc.assert(
    fc.property(mixedCells, ({scores, labels}) => {
      const index = scoreIndex(scores, labels);
      const {precisions, recalls} = precisionRecallCurve(index);
      const steps = Array.from(recalls.subarray(1), (recall, i) => (recall - recalls[i]!) * precisions[i + 1]!);
      expectClose(
        averagePrecision(index),
        steps.reduce((sum, step) => sum + step)
      );
    })
  );
});

test("NaN without parasitized cells, 1 without uninfected ones", () => {
  expect(averagePrecision(scoreIndex(Float64Array.of(0.4), Uint8Array.of(0)))).toBeNaN();
  expect(averagePrecision(scoreIndex(Float64Array.of(0.4), Uint8Array.of(1)))).toBe(1);
});
