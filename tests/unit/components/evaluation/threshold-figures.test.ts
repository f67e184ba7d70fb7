import {expect, test} from "vitest";
import {prepare} from "../../../../src/components/evaluation/prepare.js";
import {thresholdPresets} from "../../../../src/components/evaluation/threshold-figures.js";
import {confusionMatrix, scoreIndex, sensitivity, specificity} from "../../../../src/components/metrics/index.js";
import {makeCells, makeModel} from "./fixture.js";

const cells = makeCells();
const {index} = prepare(cells, makeModel(cells), {fold: "all", labels: "original"});

test("each preset keeps its promise", () => {
  const presets = thresholdPresets(index, {chosen: 0.4, cost: 10});
  expect(presets.map(({name}) => name)).toEqual([
    ...["chosen", "sensitivity 0.95", "sensitivity 0.99", "specificity 0.95", "specificity 0.99"],
    "lowest cost at 10 : 1"
  ]);
  expect(presets[0]!.threshold).toBe(0.4);
  const at = (i: number) => confusionMatrix(index, presets[i]!.threshold!);
  expect(sensitivity(at(1))).toBeGreaterThanOrEqual(0.95);
  expect(sensitivity(at(2))).toBeGreaterThanOrEqual(0.99);
  expect(specificity(at(3))).toBeGreaterThanOrEqual(0.95);
  expect(specificity(at(4))).toBeGreaterThanOrEqual(0.99);
  const cost = (threshold: number) => {
    const {falseNegatives, falsePositives} = confusionMatrix(index, threshold);
    return 10 * falseNegatives + falsePositives;
  };
  for (const threshold of index.thresholds) expect(cost(presets[5]!.threshold!)).toBeLessThanOrEqual(cost(threshold));
});

test("with one class only the chosen threshold is left", () => {
  const single = scoreIndex(Float64Array.of(0.2, 0.4), Uint8Array.of(1, 1));
  expect(thresholdPresets(single, {chosen: 0.5, cost: 1})).toEqual([{name: "chosen", threshold: 0.5}]);
});
