import {expect, test} from "vitest";
import {summariseViews} from "../../../../src/components/classifier/views-summary.js";

const metadata = {
  labels: ["parasitized", "uninfected"],
  positive: "parasitized",
  threshold: 0.3,
  abstain: null
};

test("counts the views that are called what the first is called", () => {
  expect(summariseViews([0.9, 0.3, 0.8, 0.5], metadata)).toEqual({
    agree: 4,
    low: 0.3,
    high: 0.9,
    sentence: "All 4 views are called parasitized, P(parasitized) from 0.300 to 0.900."
  });
  const torn = summariseViews([0.2, 0.9, 0.0001, 0.31], metadata);
  expect(torn).toMatchObject({agree: 2, low: 0.0001, high: 0.9});
  expect(torn.sentence).toMatch(/^2 of 4 views are called uninfected, .* <0.001 to 0.900\. .*do not rely/);
});
