import {expect, test} from "vitest";
import {precisionRecallCurve, reweigh, scoreIndex} from "../../../../src/components/metrics/index.js";
import {expectAllClose, mixed} from "./fixture.js";

test.each(mixed)("has scikit-learn's points in reverse: $name", ({scores, labels, precisionRecall}) => {
  const {precisions, recalls, thresholds} = precisionRecallCurve(scoreIndex(scores, labels));
  expectAllClose(precisions, precisionRecall.precisions.slice().reverse(), 1e-15);
  expectAllClose(recalls, precisionRecall.recalls.slice().reverse(), 1e-15);
  expectAllClose(thresholds, ["Infinity", ...precisionRecall.thresholds.slice().reverse()], 0);
});

test("NaN where nothing has weight yet, and for recalls without parasitized cells", () => {
  const index = scoreIndex(Float64Array.of(0.9, 0.4), Uint8Array.of(1, 0));
  const {precisions, recalls} = precisionRecallCurve(reweigh(index, Float64Array.of(0, 1)));
  expect(precisions).toEqual(Float64Array.of(1, NaN, 0));
  expect(recalls).toEqual(Float64Array.of(NaN, NaN, NaN));
});
