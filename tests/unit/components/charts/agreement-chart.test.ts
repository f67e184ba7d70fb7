import {expect, test} from "vitest";
import {agreementPlot, limitsOfAgreement} from "../../../../src/components/charts/agreement-chart.js";
import {expectChart} from "../../svg-snapshot.js";

const pairs = [
  {name: "a", truth: 0.02, told: 0.05},
  {name: "b", truth: 0.1, told: 0.09},
  {name: "c", truth: 0, told: 0.04}
];

test("agreement", () => expectChart("agreement-plot", () => agreementPlot(pairs)));

test("limits of agreement by hand", () => {
  const {bias, low, high} = limitsOfAgreement(pairs);
  expect(bias).toBeCloseTo(0.02, 10);
  const deviation = Math.sqrt((0.01 ** 2 + 0.03 ** 2 + 0.02 ** 2) / 2);
  expect(high).toBeCloseTo(0.02 + 1.96 * deviation, 10);
  expect(low).toBeCloseTo(0.02 - 1.96 * deviation, 10);
});

test("of one field no limits can be told", () => {
  expect(limitsOfAgreement(pairs.slice(0, 1)).low).toBeNaN();
  expect(agreementPlot(pairs.slice(0, 1)).querySelectorAll("circle")).toHaveLength(1);
});
