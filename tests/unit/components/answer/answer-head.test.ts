// @vitest-environment jsdom
import {expect, test} from "vitest";
import {answerHead} from "../../../../src/components/answer/answer-head.js";
import type {ModelMetadata} from "../../../../src/components/engine/metadata.js";

const metadata = {
  labels: ["parasitized", "uninfected"],
  positive: "parasitized",
  threshold: 0.4,
  abstain: [0.3, 0.6],
  temperature: 1
} as unknown as ModelMetadata;

test("says class and percentage in words, and draws them", () => {
  const head = answerHead(0.97, metadata);
  expect(head.querySelector(".class-name")!.textContent).toBe("Very likely parasitized");
  expect(head.querySelector(".chance")!.textContent).toBe("97\u00a0% chance of a parasite");
  expect(head.querySelector("svg")!.getAttribute("aria-label")).toBe(
    "97\u00a0%, on a scale from uninfected to parasitized: very likely parasitized"
  );
  expect(head.querySelector(".scale-words")!.textContent).toContain("too close");
  expect(answerHead(0.97, {...metadata, abstain: null}).querySelector(".scale-words")!.textContent).toContain(
    "threshold"
  );
});
