// @vitest-environment jsdom
import {expect, test} from "vitest";
import {expectChart, normaliseSvg} from "./svg-snapshot.js";

function draw(markup: string): Element {
  const host = document.createElement("div");
  host.innerHTML = markup;
  return host.firstElementChild!;
}

test("floats are rounded, ids counted and generated classes dropped", () => {
  const svg = draw('<svg class="plot-d6a7b5"><g id="abc" clip-path="url(#abc)" x="1.23456" y="-0.0001"></g></svg>');
  expect(normaliseSvg(svg)).toBe(
    '<svg class="plot">\n<g id="id-1" clip-path="url(#id-1)" x="1.23" y="0">\n</g>\n</svg>\n'
  );
});

test("a drawing that warns is refused", async () => {
  const warns = () => {
    console.warn("odd data");
    return draw('<svg role="img" aria-label="A picture."></svg>');
  };
  await expect(expectChart("never-written", warns)).rejects.toThrow(/warnings/);
});

test("a drawing with NaN in it is refused", async () => {
  const broken = () => draw('<svg role="img" aria-label="A picture."><rect x="NaN"></rect></svg>');
  await expect(expectChart("never-written", broken)).rejects.toThrow(/NaN/);
});
