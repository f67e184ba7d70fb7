import {describe, expect, it} from "vitest";
import {chooseOperatingPoint, chooseThreshold} from "../../../../models/report/operating-point.js";
import {applyTemperature, drawPatients, random} from "../../../../src/components/metrics/index.js";

function cells(count: number, sharpness: number) {
  const next = random(7);
  const labels = Uint8Array.from({length: count}, () => Number(next() < 0.5));
  const scores = Float64Array.from(labels, (label) => {
    const logit = (label ? 1 : -1) * 2 + (next() + next() + next() - 1.5) * 4;
    return 1 / (1 + Math.exp(-logit * sharpness));
  });
  return {scores, labels, patients: Array.from(labels, (_, i) => `C${i % 9}`), disputed: new Uint8Array(count)};
}

describe("chooseOperatingPoint", () => {
  it("puts the threshold midway between the scores that part the classes", () => {
    const {threshold} = chooseOperatingPoint({
      scores: Float64Array.of(0.9, 0.8, 0.3, 0.1),
      labels: Uint8Array.of(1, 1, 0, 0),
      patients: ["C1", "C1", "C1", "C1"],
      disputed: new Uint8Array(4)
    });
    expect(threshold).toBeCloseTo(0.55, 6);
  });

  it("averages the threshold over draws of the patients, on the logit scale", () => {
    const own = (patient: string, scores: number[]) => ({scores, patients: scores.map(() => patient)});
    const parts = [own("C1", [0.99, 0.97, 0.5, 0.01]), own("C2", [0.99, 0.4, 0.02, 0.01])];
    const threshold = chooseThreshold({
      scores: Float64Array.from(parts.flatMap(({scores}) => scores)),
      labels: Uint8Array.of(1, 1, 0, 0, 1, 1, 0, 0),
      patients: parts.flatMap(({patients}) => patients),
      disputed: new Uint8Array(8)
    });
    const logit = (p: number) => Math.log(p / (1 - p));
    const alone = [(0.97 + 0.5) / 2, (0.4 + 0.02) / 2];
    const both = (0.97 + 0.5) / 2;
    const counts = [0, 0, 0];
    for (const [first, second] of drawPatients({count: 2, draws: 200, seed: 2020})) {
      counts[first === 0 ? 1 : second === 0 ? 0 : 2]!++;
    }
    const mean = counts.reduce((sum, count, i) => sum + count * logit([...alone, both][i]!), 0) / 200;
    expect(logit(threshold)).toBeCloseTo(mean, 9);
  });

  it("does not listen to disputed labels for the threshold, but does for the temperature", () => {
    const known = cells(2000, 1);
    const disputed = Uint8Array.from(known.scores, (_, i) => Number(i % 20 === 0));
    const labels = known.labels.map((label, i) => (disputed[i] ? 1 - label : label));
    const [clean, noisy] = [known.labels, labels].map((choice) =>
      chooseOperatingPoint({...known, labels: choice, disputed})
    );
    expect(noisy!.threshold).toBe(clean!.threshold);
    expect(noisy!.temperature).toBeGreaterThan(clean!.temperature);
  });

  it("is a half for scores that part nothing", () => {
    const {threshold} = chooseOperatingPoint({
      scores: new Float64Array(6).fill(0.48),
      labels: Uint8Array.of(1, 0, 1, 0, 1, 0),
      patients: ["C1", "C1", "C2", "C2", "C3", "C3"],
      disputed: new Uint8Array(6)
    });
    expect(threshold).toBe(0.5);
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
    expect(() => chooseOperatingPoint({...one, disputed: new Uint8Array(2)})).toThrow(/both classes/);
    const other = {...one, labels: Uint8Array.of(1, 0), disputed: Uint8Array.of(0, 1)};
    expect(() => chooseOperatingPoint(other)).toThrow(/undisputed cells of both classes/);
  });
});
