import {expect, test} from "vitest";
import {bandsOf} from "../../../../models/report/bands.js";
import {random} from "../../../../src/components/metrics/index.js";
import {rateGrid, recallGrid} from "../../../../src/data/shapes/evaluation.js";

test("bands lie in 0…1 around the curves, low ≤ high, the same for the same seed", () => {
  const uniform = random(3);
  const labels = Uint8Array.from({length: 120}, (_, i) => i % 2);
  const scores = Float64Array.from(labels, (label) => (label + 2 * uniform()) / 3);
  const patients = Array.from(labels, (_, i) => `C${i % 7}`);
  const bands = bandsOf({scores, labels, patients}, 1);
  for (const [{low, high}, grid] of [[bands.roc, rateGrid] as const, [bands.precisionRecall, recallGrid] as const]) {
    expect([low.length, high.length]).toEqual([grid.length, grid.length]);
    low.forEach((value, i) => {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(high[i]!);
      expect(high[i]).toBeLessThanOrEqual(1);
    });
  }
  expect(bandsOf({scores, labels, patients}, 1)).toEqual(bands);
  expect(bandsOf({scores, labels, patients}, 2)).not.toEqual(bands);
});

test("where a draw lacks a class in every case there is no band", () => {
  const {roc} = bandsOf({scores: Float64Array.of(0.2, 0.7), labels: Uint8Array.of(1, 1), patients: ["C1", "C2"]}, 1);
  expect(roc.low[5]).toBeNull();
});
