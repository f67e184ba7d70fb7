import {expect, test} from "vitest";
import {failureStrip} from "../../../../src/components/evaluation/failure-strip.js";
import type {LaboratoryFailure} from "../../../../src/data/shapes/failures.js";

test("shows each failure with what it is, what was said and whose it is; nothing where there are none", () => {
  const one: LaboratoryFailure = {
    laboratory: "Plymouth",
    licence: "MIT",
    credit: "2017 Samuel Westlake",
    image: "a.jpg",
    label: "parasitized",
    probability: 0.0213,
    cautions: ["stain"],
    jpeg: "/9j/"
  };
  const shown = failureStrip(
    {side: 96, failures: [one, {...one, label: "uninfected", probability: 0.9}]},
    "ResNet-34"
  )!;
  expect(shown.querySelector("h3")!.textContent).toBe(
    "1 missed parasite and 1 false alarm: where ResNet-34 fails elsewhere"
  );
  expect([...shown.querySelectorAll("img")].map(({alt}) => alt)).toEqual([
    "A parasitized cell of Plymouth",
    "An uninfected cell of Plymouth"
  ]);
  expect(shown.querySelector("figcaption")!.textContent).toContain("Plymouth (2017 Samuel Westlake, MIT).");
  expect(failureStrip(null, "ResNet-34")).toBe(null);
  expect(failureStrip({side: 96, failures: []}, "ResNet-34")).toBe(null);
});
