import {expect, test} from "vitest";
import {legend} from "../../../../src/components/ui/legend.js";
import {lightVariables, svgText} from "../../../../src/components/ui/svg-text.js";

test("colours of the page are written out, others are kept, on white", () => {
  document.body.innerHTML =
    '<svg><rect fill="currentColor" style="fill: rgb(1, 2, 3)"></rect><path stroke="#abcdef" fill="none"></path></svg>';
  const text = svgText(document.querySelector("svg")!);
  expect(text).toMatch(/<rect fill="rgb\(1, 2, 3\)"/);
  expect(text).toMatch(/<path stroke="#abcdef" fill="none"/);
  expect(text).toMatch(/^<svg[^>]*><rect width="100%" height="100%" fill="#fff"\/>/);
  expect(document.querySelector("rect")!.getAttribute("fill")).toBe("currentColor");
  expect(document.querySelector("svg")!.hasAttribute("style")).toBe(false);
});

test("the variables of the light scheme are those of no other medium", () => {
  const style = document.createElement("style");
  style.textContent = `:root { --ink: #111; --rule: #ddd; color: red }
    @media (prefers-color-scheme: dark) { :root { --ink: #eee; --night: #000 } }
    @media print, (prefers-color-scheme: light) { :root { --rule: #ccc } }
    @media print { :root { --ink: #222 } }
    .card { --ink: #333 }`;
  document.head.append(style);
  expect(new Map(lightVariables(style.sheet!.cssRules))).toEqual(
    new Map([
      ["--ink", "#111"],
      ["--rule", "#ccc"]
    ])
  );
  style.remove();
});

test("the key is drawn below, each entry with its mark and name, and the drawing is higher by its lines", () => {
  document.body.innerHTML = '<svg viewBox="0 0 200 100" width="200" height="100"></svg>';
  const key = legend([
    {label: "parasitized", colour: "rgb(106, 27, 154)"},
    {label: "uninfected", colour: "rgb(208, 105, 106)", shape: "dashed"},
    {label: "chance", colour: "rgb(9, 9, 9)", shape: "line"},
    {label: "met", colour: "rgb(1, 1, 1)", shape: "dot"},
    {label: "not met", colour: "rgb(2, 2, 2)", shape: "ring"}
  ]);
  document.body.append(key);
  const drawn = new DOMParser().parseFromString(svgText(document.querySelector("svg")!, key), "image/svg+xml");
  expect([...drawn.querySelectorAll("text")].map(({textContent}) => textContent)).toEqual([
    "parasitized",
    "uninfected",
    "chance",
    "met",
    "not met"
  ]);
  const marks = [...drawn.querySelectorAll("path")];
  expect(marks.map((mark) => mark.getAttribute("stroke"))).toEqual([
    "rgb(106, 27, 154)",
    "rgb(208, 105, 106)",
    "rgb(9, 9, 9)",
    "rgb(1, 1, 1)",
    "rgb(2, 2, 2)"
  ]);
  expect(marks.map((mark) => mark.hasAttribute("stroke-dasharray"))).toEqual([false, true, false, false, false]);
  expect(marks.map((mark) => mark.getAttribute("fill"))).toEqual([null, null, null, "rgb(1, 1, 1)", "none"]);
  const [, , width, height] = drawn.documentElement.getAttribute("viewBox")!.split(" ").map(Number);
  expect(width).toBe(200);
  expect(height).toBe(170);
  expect(drawn.documentElement.getAttribute("height")).toBe("170");
  for (const text of drawn.querySelectorAll("text")) expect(Number(text.getAttribute("y"))).toBeLessThan(height!);
  expect(key.querySelector(".key")!.getAttribute("style")).not.toContain("color:");
});
