import {describe, expect, test} from "vitest";
import {againstLabel, agreement, glanceAt, roundedPercent} from "../../../../src/components/answer/glance.js";
import type {Answer} from "../../../../src/components/classifier/entries.js";
import type {ModelMetadata} from "../../../../src/components/engine/metadata.js";

const metadata = {
  labels: ["parasitized", "uninfected"],
  positive: "parasitized",
  threshold: 0.4,
  abstain: [0.3, 0.6],
  temperature: 0.5
} as unknown as ModelMetadata;
const answer = (probability: number) => ({prediction: {probability}, network: {metadata}}) as unknown as Answer;

test.each([
  [0.001, "uninfected", "Very likely uninfected", "<1\u00a0%"],
  [0.25, "uninfected", "Probably uninfected", "10\u00a0%"],
  [0.35, "uncertain", "Too close to call", "22\u00a0%"],
  [0.5, "uncertain", "Too close to call", "50\u00a0%"],
  [0.7, "parasitized", "Probably parasitized", "84\u00a0%"],
  [0.9, "parasitized", "Very likely parasitized", "99\u00a0%"],
  [0.999, "parasitized", "Very likely parasitized", ">99\u00a0%"]
])("%d is said as %s: %s, %s", (probability, look, sentence, percent) => {
  // The temperature of ½ doubles the logit: odds of 9 become odds of 81.
  expect(glanceAt(probability, metadata)).toEqual({look, sentence, percent});
});

test("a percentage never rounds to certainty", () => {
  expect([0, 0.0099, 0.01, 0.99, 0.9901, 1].map(roundedPercent)).toEqual(
    ["<1", "<1", "1", "99", ">99", ">99"].map((text) => `${text}\u00a0%`)
  );
});

describe("against the label", () => {
  const sample = {label: "parasitized", disputed: false};

  test("an answer is right, wrong, or none", () => {
    const said = [0.9, 0.1, 0.5].map((p) => againstLabel(glanceAt(p, metadata), sample));
    expect(said.map((text) => /^[^.]+\./.exec(text)![0])).toEqual(["✓ Right.", "✗ Wrong.", "No call."]);
    for (const text of said) expect(text).toContain("The data set calls this cell parasitized.");
  });

  test("a dispute and a patient who was learned from are told; a picture of one's own has no label", () => {
    const text = againstLabel(glanceAt(0.9, metadata), {label: "uninfected", disputed: true, learned: true});
    expect(text).toContain("Fuhad et al. (2020) call it the other class");
    expect(text).toContain("so its answer here proves nothing");
    expect(againstLabel(glanceAt(0.9, metadata), undefined)).toBe("");
  });
});

test.each([
  [0.9, 0.8, "Both networks agree."],
  [0.5, 0.4, "Both networks agree."],
  [0.9, 0.5, "One network is undecided."],
  [0.9, 0.1, "The two networks disagree."]
])("%d and %d: %s, in five words at most", (early, final, sentence) => {
  expect(agreement(answer(early), answer(final))).toBe(sentence);
  expect(sentence.split(" ").length).toBeLessThanOrEqual(5);
  expect(agreement(undefined, answer(final))).toBe("");
});
