import fc from "fast-check";
import {expect, test} from "vitest";
import {reweigh, rocArea, scoreIndex} from "../../../../src/components/metrics/index.js";
import {datasets, expectClose, mixed, mixedCells} from "./fixture.js";

test.each(mixed)("agrees with scikit-learn and Mann–Whitney: $name", (dataset) => {
  const index = scoreIndex(dataset.scores, dataset.labels);
  expectClose(rocArea(index), dataset.rocArea, 1e-14);
  expectClose(rocArea(index), dataset.mannWhitney, 1e-14);
  expectClose(rocArea(reweigh(index, dataset.weights)), dataset.weightedRocArea, 1e-14);
});

test("is the share of pairs in the right order, ties one half, and mirrors when the scores do", () => {
  const mirror = (scores: Float64Array) => scores.map((score) => 1 - Math.round(score * 64) / 64);
  fc.assert(
    fc.property(mixedCells, (sample) => {
      const scores = mirror(sample.scores);
      const {labels} = sample;
      let won = 0;
      let pairs = 0;
      labels.forEach((one, i) =>
        labels.forEach((other, j) => {
          if (one !== 1 || other !== 0) return;
          won += (Math.sign(scores[i]! - scores[j]!) + 1) / 2;
          pairs++;
        })
      );
      const area = rocArea(scoreIndex(scores, labels));
      expect(area).toBe(won / pairs);
      expectClose(1 - rocArea(scoreIndex(mirror(scores), labels)), area, 1e-15);
    })
  );
});

test("NaN if a class is missing", () => {
  for (const {scores, labels, roc} of datasets) if (!roc) expect(rocArea(scoreIndex(scores, labels))).toBeNaN();
});
