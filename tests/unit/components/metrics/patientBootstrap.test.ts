import fc from "fast-check";
import {expect, test} from "vitest";
import {
  accuracy,
  averagePrecision,
  brierScore,
  confusionMatrix,
  patientBootstrap,
  patientIndex,
  reweigh,
  rocArea,
  scoreIndex,
  sensitivity
} from "../../../../src/components/metrics/index.js";
import {cells, expectClose, fixture} from "./fixture.js";

const {draws, seed, level, threshold, intervals, ...sample} = fixture.bootstrap;
const patients = patientIndex(sample.patients);
const scores = Float64Array.from(sample.scores);
const labels = Uint8Array.from(sample.labels);
const index = scoreIndex(scores, labels);

test.each([
  ["rocArea", (weights: Float64Array) => rocArea(reweigh(index, weights))],
  ["averagePrecision", (weights: Float64Array) => averagePrecision(reweigh(index, weights))],
  ["brierScore", (weights: Float64Array) => brierScore(scores, labels, {weights})],
  ["accuracy", (weights: Float64Array) => accuracy(confusionMatrix(reweigh(index, weights), threshold))],
  ["sensitivity", (weights: Float64Array) => sensitivity(confusionMatrix(reweigh(index, weights), threshold))]
] as const)("agrees with scikit-learn on really repeated patients: %s", (name, statistic) => {
  const {estimate, low, high, undefinedDraws} = patientBootstrap({patients, draws, seed, level, statistic});
  expectClose(low, intervals[name][0]);
  expectClose(high, intervals[name][1]);
  expect(estimate).toBe(statistic(new Float64Array(scores.length).fill(1)));
  expect(undefinedDraws).toBe(0);
});

test("same seed, same interval, in whatever order the cells come; another seed, another interval", () => {
  const from = (rows: number[], seed: number) => {
    const index = scoreIndex(
      Float64Array.from(rows, (i) => scores[i]!),
      Uint8Array.from(rows, (i) => labels[i]!)
    );
    const patients = patientIndex(rows.map((i) => sample.patients[i]!));
    return patientBootstrap({patients, draws: 50, seed, statistic: (weights) => rocArea(reweigh(index, weights))});
  };
  const rows = Array.from(scores.keys());
  const shuffled = rows.map((i) => (i * 77) % rows.length);
  expect(new Set(shuffled).size).toBe(rows.length);
  expect(from(shuffled, 4)).toEqual(from(rows, 4));
  expect(from(rows, 5)).not.toEqual(from(rows, 4));
});

test("a symmetrical figure lies inside its interval", () => {
  const symmetrical = Array.from({length: 40}, (_, i) => `C${i}`);
  const values = Float64Array.from(symmetrical, (_, i) => i - 19.5);
  fc.assert(
    fc.property(fc.integer({min: 0, max: 2 ** 32 - 1}), (seed) => {
      const mean = (weights: Float64Array) => values.reduce((sum, value, i) => sum + value * weights[i]!, 0) / 40;
      const {estimate, low, high} = patientBootstrap({
        patients: patientIndex(symmetrical),
        draws: 200,
        seed,
        statistic: mean
      });
      expect(estimate).toBe(0);
      expect(low).toBeLessThan(0);
      expect(high).toBeGreaterThan(0);
    }),
    {numRuns: 20}
  );
});

test("a single patient has no spread, a missing class is counted as undefined draws", () => {
  fc.assert(
    fc.property(cells, ({scores, labels}) => {
      const index = scoreIndex(scores, labels);
      const alone = patientIndex(Array.from(scores, () => "C1"));
      const statistic = (weights: Float64Array) => rocArea(reweigh(index, weights));
      const {estimate, low, high, undefinedDraws} = patientBootstrap({patients: alone, draws: 5, seed: 1, statistic});
      expect([low, high]).toEqual([estimate, estimate]);
      expect(undefinedDraws).toBe(Number.isNaN(estimate) ? 5 : 0);
    })
  );
  const pair = scoreIndex(Float64Array.of(0.9, 0.1), Uint8Array.of(1, 0));
  const statistic = (weights: Float64Array) => rocArea(reweigh(pair, weights));
  const interval = patientBootstrap({patients: patientIndex(["C1", "C2"]), seed: 1, statistic});
  expect(interval).toMatchObject({estimate: 1, low: 1, high: 1});
  expect(interval.undefinedDraws).toBeGreaterThan(900);
  expect(interval.undefinedDraws).toBeLessThan(1100);
});

test("27,558 cells of 200 patients", () => {
  const scores = Float64Array.from({length: 27558}, (_, i) => (Math.sin(i) + 1) / 2);
  const labels = Uint8Array.from(scores, (score, i) => Number(score + 0.4 * Math.cos(5 * i) > 0.5));
  const index = scoreIndex(scores, labels);
  const patients = patientIndex(Array.from(scores, (_, i) => `C${i % 200}`));
  const statistic = (weights: Float64Array) => rocArea(reweigh(index, weights));
  const {estimate, low, high} = patientBootstrap({patients, draws: 200, seed: 1, statistic});
  expect(low).toBeLessThan(estimate);
  expect(high).toBeGreaterThan(estimate);
  expect(high - low).toBeLessThan(0.05);
});
