import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {
  averagePrecision,
  precisionOnGrid,
  precisionRecallCurve,
  reweigh,
  rocArea,
  rocCurve,
  rocOnGrid,
  scoreIndex
} from "../../../../src/components/metrics/index.js";
import {datasets, expectAllClose, expectClose, mixed, mixedCells} from "./fixture.js";

describe("rocCurve", () => {
  test.each(mixed)(
    "has scikit-learn's points, with and without the intermediate ones: $name",
    ({scores, labels, roc}) => {
      const index = scoreIndex(scores, labels);
      for (const [dropIntermediate, expected] of [[false, roc!.all] as const, [true, roc!.dropped] as const]) {
        const curve = rocCurve(index, {dropIntermediate});
        expectAllClose(curve.falsePositiveRates, expected.falsePositiveRates, 1e-15);
        expectAllClose(curve.truePositiveRates, expected.truePositiveRates, 1e-15);
        expectAllClose(curve.thresholds, ["Infinity", ...expected.thresholds.slice(1)], 0);
      }
    }
  );

  test("by hand, a tie making a slanted step", () => {
    const index = scoreIndex(Float64Array.of(0.9, 0.5, 0.5, 0.1), Uint8Array.of(1, 1, 0, 0));
    expect(rocCurve(index)).toEqual({
      thresholds: Float64Array.of(Infinity, 0.9, 0.5, 0.1),
      falsePositiveRates: Float64Array.of(0, 0, 0.5, 1),
      truePositiveRates: Float64Array.of(0, 0.5, 1, 1)
    });
  });

  test("rises from (0, 0) to (1, 1) and encloses the area, thinned or not", () => {
    fc.assert(
      fc.property(mixedCells, fc.boolean(), ({scores, labels}, dropIntermediate) => {
        const index = scoreIndex(scores, labels);
        const {thresholds, falsePositiveRates: x, truePositiveRates: y} = rocCurve(index, {dropIntermediate});
        const last = x.length - 1;
        expect([x[0], y[0], x[last], y[last], thresholds[0]]).toEqual([0, 0, 1, 1, Infinity]);
        let area = 0;
        for (let i = 1; i <= last; i++) {
          expect(x[i]! >= x[i - 1]! && y[i]! >= y[i - 1]! && thresholds[i]! < thresholds[i - 1]!).toBe(true);
          area += ((x[i]! - x[i - 1]!) * (y[i]! + y[i - 1]!)) / 2;
        }
        expectClose(area, rocArea(index));
      })
    );
  });

  test("the rate of a missing class is NaN", () => {
    for (const {name, scores, labels} of datasets) {
      const {falsePositiveRates, truePositiveRates} = rocCurve(scoreIndex(scores, labels));
      expect(falsePositiveRates.some(Number.isNaN)).toBe(name === "all parasitized");
      expect(truePositiveRates.some(Number.isNaN)).toBe(name === "all uninfected");
    }
  });
});

describe("rocOnGrid", () => {
  test.each(mixed)(
    "agrees with numpy on scikit-learn's curve: $name",
    ({scores, labels, grid, rocOnGrid: expected}) => {
      expectAllClose(rocOnGrid(scoreIndex(scores, labels), grid), expected, 1e-13);
    }
  );

  test("by hand: up to ½, then a slanted step", () => {
    const index = scoreIndex(Float64Array.of(0.9, 0.5, 0.5, 0.1), Uint8Array.of(1, 1, 0, 0));
    expect(rocOnGrid(index, [0, 0.25, 0.5, 1])).toEqual(Float64Array.of(0.5, 0.75, 1, 1));
  });

  test("NaN if a class is missing; refuses rates outside 0…1", () => {
    for (const {scores, labels, roc} of datasets)
      if (!roc) expect(rocOnGrid(scoreIndex(scores, labels), [0, 0.3, 1])).toEqual(Float64Array.of(NaN, NaN, NaN));
    const index = scoreIndex(Float64Array.of(0.9, 0.5), Uint8Array.of(1, 0));
    expect(() => rocOnGrid(index, [0, 2])).toThrow(new RangeError("falsePositiveRates[1] is 2; it must lie in 0…1"));
  });
});

describe("rocArea", () => {
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
});

describe("precisionRecallCurve", () => {
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
});

describe("precisionOnGrid", () => {
  test.each(mixed)("agrees with scikit-learn's steps: $name", ({scores, labels, grid, precisionOnGrid: expected}) => {
    expectAllClose(precisionOnGrid(scoreIndex(scores, labels), grid), expected, 1e-15);
  });

  test("skips thresholds without weight; NaN without parasitized cells; refuses recalls outside 0…1", () => {
    const index = scoreIndex(Float64Array.of(0.9, 0.5, 0.4), Uint8Array.of(0, 1, 0));
    expect(precisionOnGrid(reweigh(index, Float64Array.of(0, 1, 1)), [0, 1])).toEqual(Float64Array.of(1, 1));
    expect(precisionOnGrid(reweigh(index, Float64Array.of(1, 0, 1)), [0, 1])).toEqual(Float64Array.of(NaN, NaN));
    expect(() => precisionOnGrid(index, [NaN])).toThrow(new RangeError("recalls[0] is NaN; it must lie in 0…1"));
  });
});

describe("averagePrecision", () => {
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
});
