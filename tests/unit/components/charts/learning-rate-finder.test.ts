// @vitest-environment jsdom
import {expect, test} from "vitest";
import {learningRateFinder} from "../../../../src/components/charts/learning-rate-finder.js";
import {expectChart} from "../../svg-snapshot.js";

const points = [0.7, 0.6, 0.3, 0.5, 2].map((loss, i) => ({learningRate: 10 ** (i - 5), loss}));

test("learning-rate finder", () => expectChart("learning-rate-finder", () => learningRateFinder(points)));

test("the lowest loss is named", () => {
  expect(learningRateFinder(points).getAttribute("aria-label")).toContain("lowest loss 0.300 at 1.0e-3");
});
