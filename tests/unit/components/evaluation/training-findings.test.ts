import {expect, test} from "vitest";
import {
  accuracyFinding,
  finderFinding,
  findersFinding,
  lossFinding,
  momentumFinding,
  learningRatesFinding,
  stepsFinding
} from "../../../../src/components/evaluation/training-findings.js";

const epoch = (epoch: number, validLoss: number, validAccuracy: number) => ({
  epoch,
  validLoss,
  validAccuracy,
  phase: "unfrozen" as const,
  trainLoss: 1,
  trainAccuracy: 0.5,
  validAuc: 0.9,
  seconds: 1
});
const step = (epoch: number, loss: number, learningRates: number[], momentum = 0.9) => ({
  step: epoch * 10,
  epoch,
  loss,
  learningRates,
  momentum
});
const history = (last: number) => ({
  boundary: 1,
  epochs: [epoch(1, 0.2, 0.9), epoch(2, 0.1, 0.95), epoch(3, last, 0.97)],
  steps: [step(0, 1, [0, 1e-2]), step(1, 0.4, [0, 1e-3]), step(2, 0.2, [1e-4, 1e-3], 0.85), step(3, 0.2, [5e-5, 5e-4])]
});
const [good, bad] = [history(0.08), history(0.12)];

test("where the validation loss is lowest, in how many folds", () => {
  expect(lossFinding([good, bad])).toBe(
    "Validation loss falls from 0.200 to 0.100, and is lowest after the last epoch in 1 of 2 folds"
  );
  expect(lossFinding([good])).toMatch(/in the only fold$/);
});

test("what the head alone gets right, and all layers", () => {
  expect(accuracyFinding([good, bad])).toMatch(/^A new head on old eyes gets 90.0.% right; .* brings 97.0.%$/);
  expect(accuracyFinding([{...good, boundary: 0}])).toMatch(/^97.0.% of the validation cells/);
});

test("how much is learned in the first epoch: by hand, of losses smoothed with weight 0.9", () => {
  // 1; (0.9 + 0.4) / 1.9 = 0.684; (0.81 + 0.36 + 0.2) / 2.71 = 0.506; (0.729 + 0.324 + 0.18 + 0.2) / 3.439 = 0.417.
  const share = (1 - 1.3 / 1.9) / (1 - 1.433 / 3.439);
  expect(stepsFinding([good])).toBe(
    `${(100 * share).toFixed(0)}\u00a0% of the fall of the training loss comes in the first epoch`
  );
});

test("how the rates lie to each other while all layers train, and where momentum is lowest", () => {
  expect(learningRatesFinding(good)).toBe("The head learns up to 10 times as fast as the first layers");
  expect(momentumFinding(good)).toBe("Momentum falls to 0.85 where the learning rate is highest");
});

test("how the chosen rate lies to the finders' valleys", () => {
  const points = [0.9, 0.8, 0.6, 0.5, 0.4, 0.3, 2].map((loss, i) => ({learningRate: 10 ** (i - 6), loss}));
  const finder = (list: typeof points | null) => ({learningRateFinder: list});
  const found = findersFinding([finder(points), finder(points), finder(null)], 0.004);
  expect(found).toMatch(/^The chosen rate of 0.004 is \d+\.\d times as high as .* above the valley in all 2 folds$/);
  expect(findersFinding([finder(points)], 1e-7)).toMatch(/below .* in 0 of 1$/);
  expect(findersFinding([finder(null)], 0.004)).toBe("The learning-rate finder was not run");
});

test("where one finder's valley lies, and how far the chosen rate is from it", () => {
  const points = [0.9, 0.8, 0.6, 0.5, 0.4, 0.3, 2].map((loss, i) => ({learningRate: 10 ** (i - 6), loss}));
  expect(finderFinding(points, undefined)).toMatch(/^Valley at 1.0e-\d$/);
  const found = Number(/e-\d+/.exec(finderFinding(points, undefined))![0].replace("e", "1e"));
  expect(finderFinding(points, 5 * found)).toContain("the chosen rate is 5.0 times as high");
  expect(finderFinding(points, found / 2)).toContain("the chosen rate is 2.0 times below it");
  expect(finderFinding([], 0.1)).toBe("The loss has no valley");
});
