import fc from "fast-check";
import {expect, test} from "vitest";
import {
  smooth,
  smoothingFloor,
  trainingRows,
  trainingSeries,
  valley
} from "../../../../src/components/charts/training-series.js";

const epoch = (epoch: number, trainLoss = 0.4) => ({
  epoch,
  trainLoss,
  validLoss: 0.3,
  trainAccuracy: 0.8,
  validAccuracy: 0.9
});
const fold = (fold: number) => ({fold, epochs: [epoch(1)]});

test("four lines: both parts of both systems, the replaced one dashed", () => {
  const lines = trainingSeries([fold(0)], [epoch(1), epoch(2)], "Loss");
  expect(lines.map(({dashed = false, points}) => [dashed, points.map(({value}) => value)])).toEqual([
    [true, [0.4, 0.4]],
    [true, [0.3, 0.3]],
    [false, [0.4]],
    [false, [0.3]]
  ]);
  expect(trainingSeries([fold(0)], [], "Accuracy")[1]!.points).toEqual([{epoch: 1, value: 0.9}]);
});

test("several folds have lines of their own, named", () => {
  const names = trainingSeries([fold(0), fold(3)], [], "Loss").map(({name}) => name);
  expect(names).toEqual(["training, fold 0", "validation, fold 0", "training, fold 3", "validation, fold 3"]);
});

test("smoothing keeps what was smoothed, faint", () => {
  const epochs = [epoch(1, 1), epoch(2, 0)];
  const [raw, smoothed] = trainingSeries([{fold: 0, epochs}], [], "Loss", {smoothing: 0.5});
  expect([raw!.faint, smoothed!.faint ?? false]).toEqual([true, false]);
  expect(raw!.points[1]!.value).toBe(0);
  expect(smoothed!.points[1]!.value).toBeCloseTo(1 / 3, 12);
});

test("the table names the system in each row, and the fold where there are several", () => {
  const systems = (folds: number[]) => trainingRows(folds.map(fold), [epoch(2)]).map(({system}) => system);
  expect(systems([0])).toEqual(["this network", "replaced system"]);
  expect(systems([0, 1])).toEqual(["this network, fold 0", "this network, fold 1", "replaced system"]);
});

test("weight 0 keeps the values, the first is never biased, and an average stays between the values", () => {
  const values = fc.array(fc.double({min: -10, max: 10, noNaN: true}), {minLength: 1});
  fc.assert(
    fc.property(values, fc.double({min: 0, max: 0.99, noNaN: true}), (list, weight) => {
      smooth(list, 0).forEach((value, i) => expect(value).toBeCloseTo(list[i]!, 12));
      const smoothed = smooth(list, weight);
      expect(smoothed[0]).toBeCloseTo(list[0]!, 12);
      smoothed.forEach((value) => {
        expect(value).toBeGreaterThanOrEqual(Math.min(...list) - 1e-9);
        expect(value).toBeLessThanOrEqual(Math.max(...list) + 1e-9);
      });
    })
  );
});

test("TensorBoard's recursion gives the same values", () => {
  const values = [3, 1, 4, 1, 5, 9, 2, 6];
  const weight = 0.6;
  let last = 0;
  const expected = values.map((value, i) => {
    last = last * weight + (1 - weight) * value;
    return last / (1 - weight ** (i + 1));
  });
  smooth(values, weight).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 12));
});

test("a weight of 1 would never end", () => expect(() => smooth([1], 1)).toThrow("weight is 1"));

test("no smoothing allows loss 0, even labels allow ln 2", () => {
  expect(smoothingFloor(0)).toBe(0);
  expect(smoothingFloor(1)).toBeCloseTo(Math.LN2, 12);
});

test("no answer has a smaller cross-entropy with the smoothed label", () => {
  const smoothing = 0.05;
  const loss = (p: number) => -(1 - smoothing / 2) * Math.log(p) - (smoothing / 2) * Math.log(1 - p);
  const losses = Array.from({length: 9999}, (_, i) => loss((i + 1) / 10_000));
  expect(Math.min(...losses)).toBeCloseTo(smoothingFloor(smoothing), 9);
});

const points = (losses: number[]) => losses.map((loss, i) => ({learningRate: 10 ** (i - 6), loss}));

test("the middle of the second third of the longest falling run", () => {
  // Falls from place 1 to place 9; fastai's valley: start 0, end 9, sections 3, place 0 + 3 + 1.
  const found = valley(points([0.7, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 3]));
  expect(found!.learningRate).toBeCloseTo(10 ** (4 - 6), 12);
});

test("noise inside the fall is stepped over", () => {
  const found = valley(points([1, 0.9, 0.95, 0.8, 0.7, 0.75, 0.6, 0.5, 0.4, 5]))!;
  expect(found.loss).toBeLessThan(1);
  expect(found.loss).toBeGreaterThan(0.4);
});

test("too few points suggest nothing", () => {
  expect(valley([])).toBeNull();
  expect(valley(points([1]))).toBeNull();
});
