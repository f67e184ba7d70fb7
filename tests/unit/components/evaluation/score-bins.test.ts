import fc from "fast-check";
import {expect, test} from "vitest";
import {
  binCount,
  binName,
  binOf,
  binScores,
  inverseLogit,
  logit
} from "../../../../src/components/evaluation/score-bins.js";

test("every score has the bar whose ends hold it, 0 and 1 too", () => {
  fc.assert(
    fc.property(fc.double({min: 0, max: 1, noNaN: true}), (score) => {
      const bars = binScores([score], [1]);
      const {bin, low, high} = bars[binOf(score)]!;
      expect(bars.reduce((sum, bar) => sum + bar.parasitized + bar.uninfected, 0)).toBe(1);
      expect(bars[bin]!.parasitized).toBe(1);
      if (bin > 0) expect(logit(score)).toBeGreaterThanOrEqual(low);
      if (bin < binCount - 1) expect(logit(score)).toBeLessThan(high);
    })
  );
  expect([binOf(0), binOf(0.5), binOf(1)]).toEqual([0, binCount / 2, binCount - 1]);
});

test("bars are named by their scores", () => {
  expect(binName(0)).toBe("below 0.0041");
  expect(binName(12)).toBe("0.50 to 0.62");
  expect(binName(23)).toBe("0.9959 and above");
});

test("log-odds and shares are each other's inverse, and the ends have a place", () => {
  expect(inverseLogit(logit(0.3))).toBeCloseTo(0.3, 12);
  expect([logit(0), logit(1)]).toEqual([-12, 12]);
});
