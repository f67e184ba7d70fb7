import fc from "fast-check";
import {expect, test} from "vitest";
import {calibrationCurve, expectedCalibrationError} from "../../../../src/components/metrics/index.js";
import {cells, datasets, expectAllClose, expectClose} from "./fixture.js";

const described = datasets.filter(({calibration}) => calibration);

test.each(described)("agrees with scikit-learn: $name", ({scores, labels, calibration}) => {
  for (const {bins, strategy, edges, counts, means, shares, error} of calibration!) {
    const curve = calibrationCurve(scores, labels, {bins, strategy});
    const filled = curve.filter(({count}) => count > 0);
    expectAllClose([0, ...curve.map(({high}) => high)].slice(1), edges.slice(1));
    expectAllClose(
      curve.map(({low}) => low),
      edges.slice(0, -1)
    );
    expect(curve.map(({count}) => count)).toEqual(counts);
    expectAllClose(
      filled.map(({meanScore}) => meanScore),
      means
    );
    expectAllClose(
      filled.map(({positiveShare}) => positiveShare),
      shares
    );
    expectClose(expectedCalibrationError(curve), error);
  }
});

test("by hand: an edge belongs to the bin below, 0 to the first; empty bins stay", () => {
  const scores = Float64Array.of(0, 0.25, 0.26, 1);
  expect(calibrationCurve(scores, Uint8Array.of(0, 1, 0, 1), {bins: 4})).toEqual([
    {low: 0, high: 0.25, count: 2, meanScore: 0.125, positiveShare: 0.5},
    {low: 0.25, high: 0.5, count: 1, meanScore: 0.26, positiveShare: 0},
    {low: 0.5, high: 0.75, count: 0, meanScore: NaN, positiveShare: NaN},
    {low: 0.75, high: 1, count: 1, meanScore: 1, positiveShare: 1}
  ]);
});

test("equal mass shares distinct scores out evenly", () => {
  const scores = Float64Array.from({length: 100}, (_, i) => (i / 99) ** 3);
  const curve = calibrationCurve(scores, new Uint8Array(100), {bins: 4, strategy: "equal-mass"});
  expect(curve.map(({count}) => count)).toEqual([25, 25, 25, 25]);
});

test("weights count a cell several times and leave the edges where they are", () => {
  fc.assert(
    fc.property(cells, fc.constantFrom("equal-width" as const, "equal-mass" as const), (sample, strategy) => {
      const {scores, labels, weights} = sample;
      const plain = calibrationCurve(scores, labels, {bins: 5, strategy});
      const curve = calibrationCurve(scores, labels, {bins: 5, strategy, weights});
      expect(curve.map(({low, high}) => [low, high])).toEqual(plain.map(({low, high}) => [low, high]));
      const sum = (values: Iterable<number>) => Array.from(values).reduce((total, value) => total + value, 0);
      expect(sum(curve.map(({count}) => count))).toBe(sum(weights));
      const positives = curve.map(({count, positiveShare}) => (count ? count * positiveShare : 0));
      expectClose(sum(positives), sum(weights.map((weight, i) => weight * labels[i]!)));
    })
  );
});

test("refuses a number of bins that is not whole and positive", () => {
  for (const bins of [0, 2.5, NaN])
    expect(() => calibrationCurve(Float64Array.of(0.5), Uint8Array.of(1), {bins})).toThrow(
      new RangeError(`bins is ${bins}; it must be a whole number of at least 1`)
    );
});
