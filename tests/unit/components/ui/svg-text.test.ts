import {expect, test} from "vitest";
import {svgText} from "../../../../src/components/ui/svg-text.js";

test("colours of the page are written out, others are kept", () => {
  document.body.innerHTML =
    '<svg><rect fill="currentColor" style="fill: rgb(1, 2, 3)"></rect><path stroke="#abcdef" fill="none"></path></svg>';
  const text = svgText(document.querySelector("svg")!);
  expect(text).toMatch(/<rect fill="rgb\(1, 2, 3\)"/);
  expect(text).toMatch(/<path stroke="#abcdef" fill="none"/);
  expect(document.querySelector("rect")!.getAttribute("fill")).toBe("currentColor");
});
