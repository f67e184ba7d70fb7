import {describe, expect, it} from "vitest";
import {figuresOf} from "../../../../models/report/figures.js";

const options = {draws: 60, seed: 1};

/** The replaced system's matrix, 2689/112/74/2636, spread over twenty patients. */
function replaced() {
  const counts: [label: number, called: number, count: number][] = [
    [1, 1, 2689],
    [1, 0, 112],
    [0, 1, 74],
    [0, 0, 2636]
  ];
  const rows = counts.flatMap(([label, called, count]) => Array.from({length: count}, () => ({label, called})));
  const scores = Float64Array.from(rows, ({called}) => (called ? 0.9 : 0.1));
  return {
    scores,
    calibrated: scores,
    called: Uint8Array.from(rows, ({called}) => called),
    labels: Uint8Array.from(rows, ({label}) => label),
    patients: rows.map((_, i) => `C${i % 20}`)
  };
}

describe("figuresOf", () => {
  it("counts the matrix from what was called and gives the figures of the replaced system", () => {
    const {matrix, figures, cells, patients, parasitized} = figuresOf(replaced(), options);
    expect(matrix).toEqual({truePositives: 2689, falseNegatives: 112, falsePositives: 74, trueNegatives: 2636});
    expect([cells, patients, parasitized]).toEqual([5511, 20, 2801]);
    expect(figures.accuracy!.estimate).toBe(Number((5325 / 5511).toFixed(6)));
    expect(figures.sensitivity!.estimate).toBe(Number((2689 / 2801).toFixed(6)));
    expect(figures.specificity!.estimate).toBe(Number((2636 / 2710).toFixed(6)));
    expect(figures.brierScore!.estimate).toBeCloseTo((5325 * 0.01 + 186 * 0.81) / 5511, 5);
  });

  it("keeps every estimate inside its interval and every figure a number", () => {
    for (const [name, {estimate, low, high}] of Object.entries(figuresOf(replaced(), options).figures)) {
      expect(low, name).toBeLessThanOrEqual(estimate);
      expect(high, name).toBeGreaterThanOrEqual(estimate);
    }
  });

  it("widens the interval when a patient's cells fail together", () => {
    const spread = replaced();
    const order = spread.patients.map((_, i) => i);
    const wrong = (i: number) => Number(spread.called[i] !== spread.labels[i]);
    order.sort((a, b) => wrong(a) - wrong(b));
    const patients = Array.from<string>({length: order.length});
    order.forEach((cell, rank) => (patients[cell] = `C${Math.floor((rank * 20) / order.length)}`));
    const width = (set: typeof spread) => {
      const {low, high} = figuresOf(set, options).figures.accuracy!;
      return high - low;
    };
    expect(width({...spread, patients})).toBeGreaterThan(4 * width(spread));
  });

  it("gives the same figures for the same seed, others for another", () => {
    const interval = (seed: number) => figuresOf(replaced(), {draws: 60, seed}).figures.accuracy;
    expect(interval(5)).toEqual(interval(5));
    expect(interval(5)).not.toEqual(interval(6));
  });
});
