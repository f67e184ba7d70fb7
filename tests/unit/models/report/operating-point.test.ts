import {describe, expect, it} from "vitest";
import {chooseOperatingPoint} from "../../../../models/report/operating-point.js";
import {applyTemperature, random} from "../../../../src/components/metrics/index.js";

function cells(count: number, sharpness: number) {
  const next = random(7);
  const labels = Uint8Array.from({length: count}, () => Number(next() < 0.5));
  const scores = Float64Array.from(labels, (label) => {
    const logit = (label ? 1 : -1) * 2 + (next() + next() + next() - 1.5) * 4;
    return 1 / (1 + Math.exp(-logit * sharpness));
  });
  return {scores, labels, patients: Array.from(labels, (_, i) => `C${i % 9}`)};
}

describe("chooseOperatingPoint", () => {
  it("puts the threshold midway between the scores that part the classes", () => {
    const {threshold} = chooseOperatingPoint({
      scores: Float64Array.of(0.9, 0.8, 0.3, 0.1),
      labels: Uint8Array.of(1, 1, 0, 0),
      patients: ["C1", "C1", "C2", "C3"]
    });
    expect(threshold).toBe(0.55);
  });

  it("ends the abstain band where the calibrated probability is .2 and .8", () => {
    for (const sharpness of [0.5, 1, 3]) {
      const {abstain, temperature, threshold} = chooseOperatingPoint(cells(2000, sharpness));
      const [low, high] = applyTemperature(Float64Array.from(abstain), temperature);
      expect(low).toBeCloseTo(0.2, 4);
      expect(high).toBeCloseTo(0.8, 4);
      expect(threshold).toBeGreaterThanOrEqual(abstain[0]);
      expect(threshold).toBeLessThanOrEqual(abstain[1]);
    }
  });

  it("finds a higher temperature for scores that are too sure", () => {
    const [soft, sure] = [1, 3].map((sharpness) => chooseOperatingPoint(cells(2000, sharpness)).temperature);
    expect(sure! / soft!).toBeCloseTo(3, 2);
  });

  it("states how many cells and patients chose", () => {
    expect(chooseOperatingPoint(cells(90, 1)).rule).toMatch(/^Chosen on 90 cells of 9 validation patients/);
  });

  it("wants both classes", () => {
    const one = {scores: Float64Array.of(0.2, 0.7), labels: Uint8Array.of(1, 1), patients: ["C1", "C2"]};
    expect(() => chooseOperatingPoint(one)).toThrow(/both classes/);
  });
});
