import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {
  applyTemperature,
  brierScore,
  calibrationCurve,
  expectedCalibrationError,
  fitTemperature,
  logLoss,
  rocArea,
  scoreIndex
} from "../../../../src/components/metrics/index.js";
import {cells, datasets, expectAllClose, expectClose, mixed} from "./fixture.js";

describe("brierScore", () => {
  test.each(datasets)("agrees with scikit-learn: $name", (dataset) => {
    const {scores, labels, weights} = dataset;
    expectClose(brierScore(scores, labels), dataset.brierScore, 1e-14);
    expectClose(brierScore(scores, labels, {weights}), dataset.weightedBrierScore, 1e-14);
  });

  test("by hand", () => {
    expect(brierScore(Float64Array.of(0.9, 0.2), Uint8Array.of(1, 1))).toBeCloseTo((0.01 + 0.64) / 2, 15);
  });

  test("NaN if all weights are 0", () => {
    expect(brierScore(Float64Array.of(0.3), Uint8Array.of(1), {weights: Float64Array.of(0)})).toBeNaN();
  });
});

describe("logLoss", () => {
  test.each(datasets)("agrees with scikit-learn: $name", (dataset) => {
    const {scores, labels, weights} = dataset;
    expectClose(logLoss(scores, labels), dataset.logLoss, 1e-14);
    expectClose(logLoss(scores, labels, {weights}), dataset.weightedLogLoss, 1e-14);
  });

  test("by hand; a certain mistake costs 52 ln 2", () => {
    expect(logLoss(Float64Array.of(0.5, 0.25), Uint8Array.of(1, 1))).toBeCloseTo(1.5 * Math.LN2, 15);
    expect(logLoss(Float64Array.of(0), Uint8Array.of(1))).toBeCloseTo(52 * Math.LN2, 12);
    expect(logLoss(Float64Array.of(1), Uint8Array.of(0))).toBeCloseTo(52 * Math.LN2, 12);
  });

  test("NaN if all weights are 0", () => {
    expect(logLoss(Float64Array.of(0.3), Uint8Array.of(1), {weights: Float64Array.of(0)})).toBeNaN();
  });
});

describe("calibrationCurve", () => {
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
});

describe("expectedCalibrationError", () => {
  test("by hand, empty bins ignored", () => {
    const curve = calibrationCurve(Float64Array.of(0.1, 0.2, 0.9, 0.7), Uint8Array.of(0, 1, 1, 1), {bins: 2});
    expect(expectedCalibrationError(curve)).toBeCloseTo((2 * 0.35 + 2 * 0.2) / 4, 14);
    expect(expectedCalibrationError(calibrationCurve(Float64Array.of(0.75), Uint8Array.of(1)))).toBe(0.25);
  });

  test("lies in 0…1 and is the plain bias in a single bin", () => {
    fc.assert(
      fc.property(cells, fc.integer({min: 1, max: 20}), ({scores, labels}, bins) => {
        const error = expectedCalibrationError(calibrationCurve(scores, labels, {bins}));
        expect(error).toBeGreaterThanOrEqual(0);
        expect(error).toBeLessThanOrEqual(1);
        const bias = scores.reduce((sum, score, i) => sum + score - labels[i]!, 0) / scores.length;
        const single = expectedCalibrationError(calibrationCurve(scores, labels, {bins: 1}));
        expect(single).toBeCloseTo(Math.abs(bias), 12);
        expect(error).toBeGreaterThanOrEqual(single - 1e-12);
      })
    );
  });

  test("NaN if no cell has weight", () => {
    const weights = Float64Array.of(0);
    expect(expectedCalibrationError(calibrationCurve(Float64Array.of(1), Uint8Array.of(1), {weights}))).toBeNaN();
  });
});

describe("applyTemperature", () => {
  const score = fc.double({min: 0, max: 1, noNaN: true});
  const temperature = fc.double({min: 0.1, max: 20, noNaN: true});
  const scale = (value: number, t: number) => applyTemperature(Float64Array.of(value), t)[0]!;

  test.each(mixed)("agrees with scipy's logit and expit: $name", ({scores, temperature}) => {
    for (const [t, applied] of Object.entries(temperature?.applied ?? {}))
      expectAllClose(applyTemperature(scores, Number(t)), applied, 1e-12);
  });

  test("by hand: odds of 9 become odds of 3 at temperature 2", () => {
    expect(scale(0.9, 2)).toBeCloseTo(0.75, 14);
  });

  test("1 is the identity; 0, ½ and 1 never move; classes mirror; steps multiply", () => {
    fc.assert(
      fc.property(score, temperature, temperature, (p, t, u) => {
        expect(scale(p, 1)).toBeCloseTo(p, 14);
        expect([scale(0, t), scale(0.5, t), scale(1, t)]).toEqual([0, 0.5, 1]);
        const q = Math.round(p * 1024) / 1024;
        expectClose(scale(q, t) + scale(1 - q, t), 1);
        if (p > 1e-9 && p < 1 - 1e-6)
          expect(scale(scale(q, 1 + t), 1 + u)).toBeCloseTo(scale(q, (1 + t) * (1 + u)), 10);
      })
    );
  });

  test("keeps the ROC area", () => {
    const {scores, labels} = mixed.find(({name}) => name === "ties")!;
    expect(rocArea(scoreIndex(applyTemperature(scores, 2.5), labels))).toBe(rocArea(scoreIndex(scores, labels)));
  });
});

describe("fitTemperature", () => {
  const fittable = mixed.filter(({temperature}) => temperature);

  test("the fixture has something to fit", () => expect(fittable.map(({name}) => name)).toContain("overconfident"));

  test.each(fittable)("agrees with scipy's root of the slope: $name", ({scores, labels, temperature}) => {
    expectClose(fitTemperature(scores, labels), temperature!.fitted, 1e-11);
  });

  test.each(fittable)("no other temperature has a lower log loss: $name", ({scores, labels}) => {
    const kept = scores.map((score) => Math.min(Math.max(score, Number.EPSILON), 1 - Number.EPSILON));
    const fitted = fitTemperature(scores, labels);
    const loss = logLoss(applyTemperature(kept, fitted), labels);
    for (const factor of [0.1, 0.9, 0.999, 1.001, 1.1, 10])
      expect(logLoss(applyTemperature(kept, fitted * factor), labels)).toBeGreaterThan(loss);
  });

  test("finds the temperature that was applied to calibrated scores", () => {
    const scores = Float64Array.from({length: 1000}, (_, i) => (i < 500 ? 0.8 : 0.2));
    const labels = Uint8Array.from(scores, (score, i) => Number(i % 10 < score * 10));
    expect(fitTemperature(scores, labels)).toBeCloseTo(1, 12);
    expect(fitTemperature(applyTemperature(scores, 0.25), labels)).toBeCloseTo(4, 11);
  });

  test("stops at the ends: 0.01 for faultless scores, 100 for useless ones", () => {
    expect(fitTemperature(Float64Array.of(0.9, 0.2), Uint8Array.of(1, 0))).toBe(0.01);
    expect(fitTemperature(Float64Array.of(0.9, 0.2), Uint8Array.of(0, 1))).toBe(100);
    expect(fitTemperature(Float64Array.of(0, 1, 1), Uint8Array.of(1, 0, 1))).toBe(100);
  });

  test("converges over 27,558 cells of extreme scores", () => {
    const scores = Float32Array.from({length: 27558}, (_, i) => 1 / (1 + Math.exp(-60 * Math.sin(i))));
    const labels = Uint8Array.from(scores, (_, i) => Number(Math.sin(i) + 0.3 * Math.sin(7 * i + 1) > 0));
    const fitted = fitTemperature(scores, labels);
    expect(fitted).toBeGreaterThan(1);
    expect(fitted).toBeLessThan(20);
  });
});
