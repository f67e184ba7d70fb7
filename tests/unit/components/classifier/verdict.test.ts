import {expect, test} from "vitest";
import {verdict} from "../../../../src/components/classifier/verdict.js";

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
