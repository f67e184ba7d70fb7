import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {
  averagePrecision,
  confusionMatrix,
  reweigh,
  reweigher,
  rocArea,
  scoreIndex
} from "../../../../src/components/metrics/index.js";
import type {ScoreIndex} from "../../../../src/components/metrics/index.js";
import {cells, expectClose, mixedCells} from "./fixture.js";

describe("scoreIndex", () => {
  test("sorts by falling score and counts over distinct scores", () => {
    const index = scoreIndex(Float64Array.of(0.1, 0.9, 0.5, 0.9, 0.5), Uint8Array.of(0, 1, 0, 0, 1));
    expect(index).toEqual({
      order: Uint32Array.of(1, 3, 2, 4, 0),
      labels: Uint8Array.of(1, 0, 0, 1, 0),
      thresholds: Float64Array.of(0.9, 0.5, 0.1),
      ends: Uint32Array.of(2, 4, 5),
      truePositives: Float64Array.of(1, 2, 2),
      falsePositives: Float64Array.of(1, 2, 3),
      positives: 2,
      negatives: 3
    });
  });

  test("takes 32-bit scores at their own precision", () => {
    const scores = Float32Array.of(0.1, 0.7);
    const index = scoreIndex(scores, Uint8Array.of(0, 1));
    expect(index.thresholds).toEqual(Float64Array.of(Math.fround(0.7), Math.fround(0.1)));
    expect(confusionMatrix(index, scores[1]!).truePositives).toBe(1);
  });

  test("does not depend on the order of the cells, nor change its input", () => {
    fc.assert(
      fc.property(cells, ({scores, labels}) => {
        const before = scores.slice();
        const counts = ({thresholds, ends, truePositives, falsePositives}: ScoreIndex) => [
          thresholds,
          ends,
          truePositives,
          falsePositives
        ];
        const reversed = scoreIndex(scores.slice().reverse(), labels.slice().reverse());
        expect(counts(reversed)).toEqual(counts(scoreIndex(scores, labels)));
        expect(scores).toEqual(before);
      })
    );
  });

  test("27,558 cells are indexed and queried", () => {
    const scores = Float32Array.from({length: 27558}, (_, i) => ((i * 7919) % 27558) / 27557);
    const labels = Uint8Array.from(scores, (score) => Number(score > 0.5));
    const index = scoreIndex(scores, labels);
    expect(index.thresholds).toHaveLength(27558);
    expect(rocArea(index)).toBe(1);
    expect(rocArea(reweigh(index, new Float64Array(27558).fill(2)))).toBe(1);
    expect(confusionMatrix(index, 0.5).falsePositives).toBe(0);
  });
});

describe("reweigh", () => {
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

  test("counts into the arrays of an index that nobody needs", () => {
    const index = scoreIndex(Float64Array.of(0.2, 0.8), Uint8Array.of(0, 1));
    const weights = Float64Array.of(2, 5);
    const fresh = reweigh(index, weights);
    const used = reweigh(index, Float64Array.of(7, 1));
    const again = reweigh(index, weights, used);
    expect(again).toEqual(fresh);
    expect(again.truePositives).toBe(used.truePositives);
    expect(again.falsePositives).toBe(used.falsePositives);
  });

  test("draw after draw is counted into the same arrays, and right", () => {
    const index = scoreIndex(Float64Array.of(0.2, 0.8), Uint8Array.of(0, 1));
    const draw = reweigher(index);
    const first = draw(Float64Array.of(7, 1));
    const second = draw(Float64Array.of(2, 5));
    expect(second).toEqual(reweigh(index, Float64Array.of(2, 5)));
    expect(second.truePositives).toBe(first.truePositives);
    expect(index.positives).toBe(1);
  });

  test("refuses weights that do not fit", () => {
    const index = scoreIndex(Float64Array.of(0.2, 0.8), Uint8Array.of(0, 1));
    expect(() => reweigh(index, Float64Array.of(1))).toThrow(new RangeError("weights has 1 entries, but scores has 2"));
    expect(() => reweigh(index, Float64Array.of(1, -2))).toThrow("weights[1] is -2");
  });
});
