// @vitest-environment jsdom
import {expect, test} from "vitest";
import {findingCard} from "../../../../src/components/home/finding-card.js";

const finding = {
  title: "Right on 96.9 % of the cells",
  measure: "Accuracy",
  rows: [
    {name: "all labels", estimate: 0.95, low: 0.94, high: 0.97},
    {name: "none", estimate: 0.2, low: null, high: null}
  ],
  axis: [0.9, 1] as [number, number],
  path: "/pages/evaluation"
};

test("a finding leads to its page and has its shares as a table and as lines on one axis", () => {
  const card = findingCard(finding, (path) => `.${path}`);
  expect(card.querySelector("h3 a")!.getAttribute("href")).toBe("./pages/evaluation");
  expect(card.querySelector("caption")!.textContent).toBe("Accuracy, drawn from 90\u00a0% to 100\u00a0%");
  expect([...card.querySelectorAll("td.number")].map(({textContent}) => textContent)).toEqual([
    "95.0\u00a0%",
    "20.0\u00a0%"
  ]);
  const [first, second] = [...card.querySelectorAll("svg")];
  expect(first!.querySelector("circle")!.getAttribute("cx")).toBe("50.0%");
  const interval = first!.querySelector(".share-interval")!;
  expect([interval.getAttribute("x1"), interval.getAttribute("x2")]).toEqual(["40.0%", "70.0%"]);
  expect(second!.querySelector("circle")!.getAttribute("cx"), "what lies off the axis lies at its end").toBe("0.0%");
  expect(second!.querySelector(".share-interval")).toBeNull();
});
