import {expect, test} from "vitest";
import {epochWords, lossOrder} from "../../../../src/components/evaluation/training-words.js";
import type {TrainingHistory} from "../../../../src/data/shapes/history.js";

test("the epochs add up to those of the recipe, the head's own among them", () => {
  expect(epochWords(6, {epochs: 5, frozenEpochs: 1})).toBe("6 epochs (1 of the new head alone, then 5 of all layers)");
  expect(epochWords(16, {epochs: 16, frozenEpochs: 0})).toBe("16 epochs");
});

test("where the training loss lies above is counted over all folds", () => {
  const history = (...losses: [train: number, valid: number][]) => ({
    epochs: losses.map(([trainLoss, validLoss]) => ({trainLoss, validLoss})) as TrainingHistory["epochs"]
  });
  expect(lossOrder([history([0.3, 0.2], [0.2, 0.1]), history([0.4, 0.3])])).toBe("from the first epoch to the last");
  expect(lossOrder([history([0.3, 0.2], [0.1, 0.2]), history([0.4, 0.3])])).toBe("in 2 of 3 epochs");
});
