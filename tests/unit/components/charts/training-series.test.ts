import {expect, test} from "vitest";
import {trainingRows, trainingSeries} from "../../../../src/components/charts/training-series.js";

const epoch = (epoch: number) => ({epoch, trainLoss: 0.4, validLoss: 0.3, trainAccuracy: 0.8, validAccuracy: 0.9});

test("four lines: both parts of both systems, the replaced one dashed", () => {
  const lines = trainingSeries([epoch(1)], [epoch(1), epoch(2)], "Loss");
  expect(lines.map(({dashed = false, points}) => [dashed, points.map(({value}) => value)])).toEqual([
    [true, [0.4, 0.4]],
    [true, [0.3, 0.3]],
    [false, [0.4]],
    [false, [0.3]]
  ]);
  expect(trainingSeries([epoch(1)], [], "Accuracy")[3]!.points).toEqual([{epoch: 1, value: 0.9}]);
});

test("the table names the system in each row", () => {
  expect(trainingRows([epoch(1)], [epoch(2)]).map(({system, epoch}) => [system, epoch])).toEqual([
    ["this network", 1],
    ["replaced system", 2]
  ]);
});
