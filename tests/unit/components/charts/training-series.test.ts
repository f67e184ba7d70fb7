import {expect, test} from "vitest";
import {trainingRows, trainingSeries} from "../../../../src/components/charts/training-series.js";

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
