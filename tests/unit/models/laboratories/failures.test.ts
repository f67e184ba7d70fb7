import {expect, test} from "vitest";
import {chooseFailures} from "../../../../models/laboratories/failures.js";
import type {LaboratoryRow} from "../../../../models/laboratories/failures.js";

const row = (laboratory: string, label: string, probability: number, given: Partial<LaboratoryRow> = {}) => ({
  laboratory,
  label,
  image: "a.png",
  x: "0",
  y: "0",
  "refused unmet": "",
  "cautions unmet": "",
  "probability unmet": String(probability),
  ...given
});

test("the most wrong of the cells that may be shown, at most three of a laboratory and twelve in all", () => {
  const rows = [
    row("plymouth", "parasitized", 0.2),
    row("plymouth", "parasitized", 0.01, {image: "worst.png"}),
    row("plymouth", "parasitized", 0.1),
    row("plymouth", "parasitized", 0.3, {image: "fourth.png"}),
    row("plymouth", "parasitized", 0.9, {image: "right.png"}),
    row("bccd", "uninfected", 0.97, {"refused unmet": "outline", image: "refused.png"}),
    row("bccd", "uninfected", 0.95),
    row("bbbc041", "uninfected", 0.999, {image: "not-to-be-shown.png"})
  ];
  const chosen = chooseFailures(rows, 0.45);
  expect(chosen.map(({laboratory, "probability unmet": probability}) => [laboratory, probability])).toEqual([
    ["plymouth", "0.01"],
    ["plymouth", "0.1"],
    ["plymouth", "0.2"],
    ["bccd", "0.95"]
  ]);
  const many = ["plymouth", "plasmocount", "barcelona", "chula", "bccd", "draaslan"].flatMap((name) =>
    [0.5, 0.6, 0.7, 0.8].map((p) => row(name, "uninfected", p))
  );
  expect(chooseFailures(many, 0.45)).toHaveLength(12);
});
