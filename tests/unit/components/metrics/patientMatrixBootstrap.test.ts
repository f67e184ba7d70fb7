import {expect, test} from "vitest";
import {
  accuracy,
  confusionMatrix,
  patientBootstrap,
  patientIndex,
  patientMatrices,
  patientMatrixBootstrap,
  reweigh,
  scoreIndex,
  sensitivity
} from "../../../../src/components/metrics/index.js";
import {expectClose, fixture} from "./fixture.js";

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
