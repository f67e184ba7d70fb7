import {expect, test} from "vitest";
import {agreementPlot} from "../../../../src/components/charts/agreement-chart.js";
import {expectChart} from "../../svg-snapshot.js";

const pairs = [
  {name: "a", truth: 0.02, told: 0.05},
  {name: "b", truth: 0.1, told: 0.09},
  {name: "c", truth: 0, told: 0.04}
];

test("agreement", () => expectChart("agreement-plot", () => agreementPlot(pairs)));

test("of one field no limits can be told", () => {
  expect(agreementPlot(pairs.slice(0, 1)).querySelectorAll("circle")).toHaveLength(1);
});
