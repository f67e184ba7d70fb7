import {expect, test} from "vitest";
import {labelLegend, picture} from "../../../../src/components/charts/picture.js";

test("only the whole drawing has a name", () => {
  const host = document.createElement("div");
  host.innerHTML = '<svg><g aria-label="rule"></g></svg>';
  const svg = picture(host.firstElementChild!, "A rule.");
  expect(svg.getAttribute("aria-label")).toBe("A rule.");
  expect(svg.querySelectorAll("[aria-label]")).toHaveLength(0);
});

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
