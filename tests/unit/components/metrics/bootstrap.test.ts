import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {
  accuracy,
  averagePrecision,
  brierScore,
  confusionMatrix,
  drawPatients,
  patientBand,
  patientBootstrap,
  patientIndex,
  patientMatrices,
  patientMatrixBootstrap,
  percentileInterval,
  reweigh,
  rocArea,
  rocOnGrid,
  scoreIndex,
  sensitivity
} from "../../../../src/components/metrics/index.js";
import {cells, expectClose, fixture} from "./fixture.js";

describe("drawPatients", () => {
  const take = (count: number, draws: number, seed: number) =>
    Array.from(drawPatients({count, draws, seed}), (picked) => Array.from(picked));

  test("picks as many patients as there are, each equally often in the long run", () => {
    const drawn = take(20, 5000, 3);
    expect(drawn).toHaveLength(5000);
    for (const picked of drawn) expect(picked.reduce((sum, times) => sum + times)).toBe(20);
    for (let patient = 0; patient < 20; patient++) {
      const mean = drawn.reduce((sum, picked) => sum + picked[patient]!, 0) / 5000;
      expect(Math.abs(mean - 1)).toBeLessThan(0.07); // five standard errors
    }
  });

  test("the seed decides", () => {
    expect(take(10, 5, 1)).toEqual(take(10, 5, 1));
    expect(take(10, 5, 1)).not.toEqual(take(10, 5, 2));
  });

  test("refuses no patients and no draws", () => {
    expect(() => take(0, 5, 1)).toThrow("count is 0; it must be a whole number of at least 1");
    expect(() => take(5, 0, 1)).toThrow("draws is 0; it must be a whole number of at least 1");
  });
});

describe("percentileInterval", () => {
  test("cuts the tails off and leaves undefined draws out", () => {
    const values = Float64Array.from({length: 102}, (_, i) => (i < 101 ? (37 * i) % 101 : NaN));
    expect(percentileInterval(40, values, 0.9)).toEqual({
      estimate: 40,
      low: expect.closeTo(5, 12),
      high: expect.closeTo(95, 12),
      undefinedDraws: 1
    });
    expect(percentileInterval(NaN, Float64Array.of(NaN), 0.9)).toEqual({
      estimate: NaN,
      low: NaN,
      high: NaN,
      undefinedDraws: 1
    });
  });

  test("refuses levels outside 0…1", () => {
    for (const level of [0, 1, 95, NaN])
      expect(() => percentileInterval(0, Float64Array.of(0), level)).toThrow(
        `level is ${level}; it must lie between 0 and 1`
      );
  });
});

describe("patientBand", () => {
  test("is one bootstrap a grid point, all from the same draws", () => {
    const {bootstrap} = fixture;
    const patients = patientIndex(bootstrap.patients);
    const index = scoreIndex(Float64Array.from(bootstrap.scores), Uint8Array.from(bootstrap.labels));
    const grid = [0, 0.1, 0.5, 1];
    const options = {patients, draws: 100, seed: 9};
    const band = patientBand({...options, statistic: (weights) => rocOnGrid(reweigh(index, weights), grid)});
    expect(band).toEqual(
      grid.map((rate) =>
        patientBootstrap({...options, statistic: (weights) => rocOnGrid(reweigh(index, weights), [rate])[0]!})
      )
    );
    expect(band[3]).toEqual({estimate: 1, low: 1, high: 1, undefinedDraws: 0});
    expect(band[1]!.low).toBeLessThan(band[1]!.high);
  });
});

describe("patientBootstrap", () => {
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
});

describe("patientMatrixBootstrap", () => {
  const {draws, seed, level, threshold, intervals, ...sample} = fixture.bootstrap;
  const patients = patientIndex(sample.patients);
  const scores = Float64Array.from(sample.scores);
  const labels = Uint8Array.from(sample.labels);
  const matrices = patientMatrices(patients, scores, labels, threshold);

  test("agrees with scikit-learn on really repeated patients", () => {
    const found = patientMatrixBootstrap({matrices, draws, seed, level, statistics: {accuracy, sensitivity}});
    for (const name of ["accuracy", "sensitivity"] as const) {
      expectClose(found[name].low, intervals[name][0]);
      expectClose(found[name].high, intervals[name][1]);
    }
  });

  test("is the slow bootstrap, bit for bit", () => {
    const index = scoreIndex(scores, labels);
    const statistic = (weights: Float64Array) => accuracy(confusionMatrix(reweigh(index, weights), threshold));
    const slow = patientBootstrap({patients, draws, seed, statistic});
    expect(patientMatrixBootstrap({matrices, draws, seed, statistics: {accuracy}})).toEqual({accuracy: slow});
  });

  test("2,000 draws by default; refuses no patients", () => {
    const healthy = {truePositives: 0, falseNegatives: 0, falsePositives: 1, trueNegatives: 9};
    const {found} = patientMatrixBootstrap({matrices: [healthy], seed: 1, statistics: {found: sensitivity}});
    expect(found).toEqual({estimate: NaN, low: NaN, high: NaN, undefinedDraws: 2000});
    expect(() => patientMatrixBootstrap({matrices: [], seed: 1, statistics: {accuracy}})).toThrow("count is 0");
  });
});
