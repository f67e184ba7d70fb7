import {expect, test} from "vitest";
import {intervalDots, robustnessPlot} from "../../../../src/components/charts/interval-charts.js";
import {expectChart} from "../../svg-snapshot.js";

const dots = [
  {row: "fold 0", figure: "accuracy", estimate: 0.96, low: 0.95, high: 0.97},
  {row: "fold 1", figure: "accuracy", estimate: 0.94, low: 0.92, high: 0.95},
  {row: "mean", figure: "accuracy", estimate: 0.95, low: 0.94, high: 0.96, hollow: true},
  {row: "fold 0", figure: "specificity", estimate: 0.9, low: NaN, high: NaN},
  {row: "fold 1", figure: "specificity", estimate: NaN, low: NaN, high: NaN}
];

test("dots with intervals, in panels", () =>
  expectChart("interval-dots", () => intervalDots(dots, {label: "Figures of each fold"})));

test("a figure without an interval is a dot alone, and one that is not defined is left out", () => {
  const chart = intervalDots(dots, {label: "Figures"});
  expect(chart.querySelectorAll("circle")).toHaveLength(4);
  const titles = [...chart.querySelectorAll("title")].map(({textContent}) => textContent);
  expect(titles).toContain("fold 0, specificity: 0.9000, n/a, n/a");
});

const points = ["-15", "none", "15"].map((level, i) => ({
  level,
  rocArea: 0.99 - i / 100,
  sensitivity: 0.97 - i / 50,
  specificity: 0.95
}));

test("small multiples of changed pictures", () =>
  expectChart("robustness-plot", () =>
    robustnessPlot(["hue", "blur", "noise", "size"].map((title) => ({title, points})))
  ));

test("on a narrow page the panels stand below each other", () => {
  const chart = robustnessPlot(
    ["hue", "blur"].map((title) => ({title, points})),
    {width: 320}
  );
  const places = [...chart.querySelectorAll(":scope > g")].map((group) => group.getAttribute("transform"));
  expect(places).toEqual(["translate(0,0)", "translate(0,190)"]);
});

test("a rate below the axis is a mark at its edge with the value, and each level has its cell", () => {
  const deep = [
    {level: "none", rocArea: 0.99, sensitivity: 0.97, specificity: 0.98, picture: "data:image/webp;base64,AA=="},
    {level: "0.1", rocArea: 0.98, sensitivity: 0.99, specificity: 0.44, picture: "data:image/webp;base64,AA=="}
  ];
  const chart = robustnessPlot([{title: "noise", points: deep}]);
  expect(chart.textContent).toContain("0.44 ↓");
  expect(chart.querySelectorAll("image")).toHaveLength(2);
  expect(robustnessPlot([{title: "hue", points}]).textContent).not.toContain("↓");
});

test("on a wide page the panels of dots stand side by side", () => {
  const height = (width: number) => Number(intervalDots(dots, {label: "Figures", width}).getAttribute("height"));
  expect(height(1000)).toBeLessThan(height(500));
});

test("a hollow dot stands below the other one of its line, in the order of what is behind them", () => {
  const pair = [
    {row: "A", figure: "sensitivity", estimate: 0.9, low: 0.8, high: 1, part: "met"},
    {row: "A", figure: "sensitivity", estimate: 0.7, low: NaN, high: NaN, hollow: true, part: "unmet"},
    {row: "B", figure: "sensitivity", estimate: 0.8, low: NaN, high: NaN, hollow: true, part: "alone"}
  ];
  const chart = intervalDots(pair, {label: "Figures"});
  const height = (part: string) => chart.querySelector(`[data-part=${part}]`)!;
  const shift = (part: string) =>
    Number(
      /translate\([^,]*,([^)]*)\)/.exec(
        height(part).parentElement!.parentElement!.getAttribute("transform") ?? ""
      )?.[1] ?? 0
    );
  expect(height("met").getAttribute("cy")).toBe(height("unmet").getAttribute("cy"));
  expect(shift("unmet")).toBeGreaterThan(shift("alone"));
  expect(shift("alone")).toBeGreaterThan(shift("met"));
});
