// @vitest-environment jsdom
import {expect, test} from "vitest";
import {doors} from "../../../../src/components/home/doors.js";

test("three doors, each a link with a picture of what is behind it", () => {
  const rate = (estimate: number) => ({estimate, low: estimate - 0.01, high: estimate + 0.01});
  const root = doors({
    strip: Array.from({length: 20}, (_, n) => ({image: `data:${n}`})),
    sample: {png: "cell"},
    headline: {sensitivity: rate(0.96), specificity: rate(0.97)},
    addressOf: (path) => `.${path}`
  });
  const links = [...root.querySelectorAll("a")];
  expect(links.map((link) => [link.querySelector("strong")!.textContent, link.getAttribute("href")])).toEqual([
    ["Try", "./pages/classify"],
    ["Explore", "./pages/dataset"],
    ["Judge", "./pages/evaluation"]
  ]);
  expect(links.map((link) => link.querySelectorAll("img").length)).toEqual([1, 12, 0]);
  expect(links[2]!.textContent).toMatch(/finds96\.0.%clears97\.0/);
});
