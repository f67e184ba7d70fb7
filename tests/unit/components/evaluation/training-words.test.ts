import {expect, test} from "vitest";
import {
  epochWords,
  furtherRows,
  furtherWords,
  lossOrder
} from "../../../../src/components/evaluation/training-words.js";
import type {TrainingHistory} from "../../../../src/data/shapes/history.js";

test("the epochs add up to those of the recipe, the head's own among them", () => {
  expect(epochWords(6, {epochs: 5, frozenEpochs: 1})).toBe("6 epochs (1 of the new head alone, then 5 of all layers)");
  expect(epochWords(16, {epochs: 16, frozenEpochs: 0})).toBe("16 epochs");
});

test("a further pass is told with its laboratories and with what was kept of it", () => {
  const laboratories = {
    bccd: {title: "BCCD", licence: "MIT", cells: 12},
    plymouth: {title: "Plymouth", licence: "MIT", cells: 7}
  };
  const of = (recipe: object) => [{further: {recipe: {rate: 1e-3, share: 0.25, laboratories, ...recipe}}}] as never;
  const words = furtherWords(of({homeCells: 8000}));
  expect(words).toContain("on 8,000 cells of this set and on cells of BCCD and Plymouth, whose stain");
  expect(words).toContain("lies 25 % of the way");
  expect(furtherWords(of({}))).toContain("on the cells of this set and");
  expect(furtherRows(of({}))[1]).toEqual({laboratory: "Plymouth", licence: "MIT", cells: 7});
  expect(furtherWords([{}])).toBe("These networks learned from this set's cells alone.");
  expect(furtherRows([{}])).toEqual([]);
});

test("where the training loss lies above is counted over all folds", () => {
  const history = (...losses: [train: number, valid: number][]) => ({
    epochs: losses.map(([trainLoss, validLoss]) => ({trainLoss, validLoss})) as TrainingHistory["epochs"]
  });
  expect(lossOrder([history([0.3, 0.2], [0.2, 0.1]), history([0.4, 0.3])])).toBe("from the first epoch to the last");
  expect(lossOrder([history([0.3, 0.2], [0.1, 0.2]), history([0.4, 0.3])])).toBe("in 2 of 3 epochs");
});
