import {mkdirSync, writeFileSync} from "node:fs";
import path from "node:path";
import {expect, test} from "vitest";
import {readHistories} from "../../../../src/data/loaders/history.js";
import {makeDirectory} from "./fixture.js";

const epoch = (epoch: number) => ({
  epoch,
  phase: epoch === 1 ? "frozen" : "unfrozen",
  trainLoss: 0.4,
  trainAccuracy: 0.9,
  validLoss: 0.3,
  validAccuracy: 0.95,
  validAuc: 0.98,
  seconds: 100
});
const history = {
  fold: 0,
  recipe: {size: 96},
  boundary: 1,
  epochs: [epoch(1), epoch(2)],
  steps: [{step: 1, epoch: 0.1, learningRates: [0, 0, 1e-3], momentum: 0.95, loss: 0.6}],
  learningRateFinder: null
};

function write(...histories: object[]): string {
  const directory = makeDirectory();
  mkdirSync(path.join(directory, "history"));
  histories.forEach((value, i) =>
    writeFileSync(path.join(directory, "history", `fold-${i}.json`), JSON.stringify(value))
  );
  return directory;
}

test("histories are read in the order of folds", () => {
  const read = readHistories(
    write({...history, fold: 3}, {...history, fold: 1, learningRateFinder: [{learningRate: 1e-4, loss: 0.7}]})
  );
  expect(read.map(({fold}) => fold)).toEqual([1, 3]);
  expect(read[1]).toEqual({...history, fold: 3});
  expect(read[0]!.learningRateFinder).toEqual([{learningRate: 1e-4, loss: 0.7}]);
});

test.each([
  [
    {epochs: [epoch(1), {...epoch(2), validLoss: null}]},
    "epochs[1].validLoss must be a number from 0 to Infinity, but is null"
  ],
  [{epochs: [epoch(1), epoch(3)]}, "epochs[1].epoch must be a number from 2 to 2, but is 3"],
  [{epochs: [{...epoch(1), phase: "thawed"}]}, 'epochs[0].phase must be frozen or unfrozen, but is "thawed"'],
  [{epochs: []}, "epochs must hold at least one epoch"],
  [{epochs: [epoch(1), 7]}, "epochs[1] must be an object"],
  [{steps: "none"}, "steps must be a list"],
  [{steps: [{...history.steps[0], learningRates: ["a"]}]}, "steps[0].learningRates must be a list of numbers from 0"],
  [{boundary: 3}, "boundary must be a number from 0 to 2, but is 3"],
  [{learningRateFinder: [{learningRate: 1e-3}]}, "learningRateFinder[0].loss must be a number"]
])("a bad history is named: %j", (change, sentence) => {
  const read = () => readHistories(write({...history, ...change}));
  expect(read).toThrow("fold-0.json: ");
  expect(read).toThrow(sentence);
});

test("no history, and no JSON, are named", () => {
  expect(() => readHistories(makeDirectory())).toThrow("there is no fold-K.json");
  const directory = write(history);
  writeFileSync(path.join(directory, "history", "fold-0.json"), "{");
  expect(() => readHistories(directory)).toThrow("this is not JSON");
});
