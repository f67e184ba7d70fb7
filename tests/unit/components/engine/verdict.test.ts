import {expect, test} from "vitest";
import {summariseViews, verdict} from "../../../../src/components/engine/verdict.js";

const rule = {
  labels: ["parasitized", "uninfected"],
  positive: "parasitized",
  threshold: 0.4,
  abstain: [0.3, 0.6] as [number, number]
};

test.each([
  [0.29, "uninfected", false],
  [0.3, "uninfected", true],
  [0.399999, "uninfected", true],
  [0.4, "parasitized", true],
  [0.6, "parasitized", true],
  [0.61, "parasitized", false]
])("%f is called %s, uncertain: %s", (probability, label, uncertain) => {
  expect(verdict(probability, rule)).toEqual({label, uncertain});
});

test("without a band nothing is uncertain, and the positive class may be any", () => {
  const other = {...rule, positive: "uninfected", abstain: null};
  expect(verdict(0.4, other)).toEqual({label: "uninfected", uncertain: false});
  expect(verdict(0.1, other)).toEqual({label: "parasitized", uncertain: false});
});

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
