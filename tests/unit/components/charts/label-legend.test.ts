// @vitest-environment jsdom
import {expect, test} from "vitest";
import {labelLegend} from "../../../../src/components/charts/label-legend.js";

test("both labels have a mark in their own colour", () => {
  const marks = [...labelLegend().querySelectorAll<HTMLElement>("li")].map((item) => [
    item.textContent,
    item.querySelector<HTMLElement>(".key")!.style.getPropertyValue("--key")
  ]);
  expect(marks).toEqual([
    ["parasitized", "var(--color-parasitized)"],
    ["uninfected", "var(--color-uninfected)"]
  ]);
});
