import {expect, test} from "vitest";
import {
  foldDots,
  laboratoryDots,
  laboratoryRows,
  leakWords,
  macroRows,
  meanOfFolds,
  metWords,
  robustnessPanels,
  splitDots,
  subgroupDots
} from "../../../../src/components/evaluation/figure-rows.js";
import {makeCells, makeData, makeModel} from "./fixture.js";

const cells = makeCells();
const matrix = (truePositives: number, falseNegatives: number, falsePositives: number, trueNegatives: number) => ({
  truePositives,
  falseNegatives,
  falsePositives,
  trueNegatives
});
const replaced = {confusionMatrix: matrix(2689, 112, 74, 2636)};

test("folds have a mean and a standard deviation with divisor n − 1", () => {
  const {estimate, low, high} = meanOfFolds([0.94, 0.96, 0.98].map((value) => ({estimate: value, low: 0, high: 1})));
  expect(estimate).toBeCloseTo(0.96, 12);
  expect([low, high].map((end) => end.toFixed(12))).toEqual(["0.940000000000", "0.980000000000"]);
});

test("every fold has its dot, then the mean and all together; one fold alone has none", () => {
  const rows = [...new Set(foldDots(makeModel(cells, {folds: [1, 3]}), "original").map(({row}) => row))];
  expect(rows).toEqual(["fold 1", "fold 3", "mean ± SD of folds", "all cells together"]);
  expect(foldDots(makeModel(cells, {folds: [1]}), "original")).toEqual([]);
});

test("the random split stands between patients apart and the replaced system", () => {
  const random = {...makeModel(cells, {name: "random-split", folds: [0]}), protocol: "random" as const, met: 119};
  random.groups = [{...random.groups[0]!, fold: "all"}];
  const data = makeData([makeModel(cells), random]);
  const dots = splitDots(data, replaced, "original");
  expect(dots.map(({row, figure}) => `${row}: ${figure}`)).toEqual([
    "patients apart: accuracy",
    "patients apart: area under the ROC curve",
    "random split: accuracy",
    "random split: area under the ROC curve",
    "replaced, random: accuracy"
  ]);
  expect(dots.at(-1)!.estimate).toBeCloseTo(0.96625, 5);
  expect(splitDots(data, replaced, "corrected")).toHaveLength(4);
  expect(splitDots(makeData([makeModel(cells)]), replaced, "original")).toEqual([]);
  expect(metWords(data)).toContain("119 of its 120 test cells");
});

test("why the leak is small: whose labels the errors are on, and what is left where the readers agree", () => {
  const apart = makeModel(cells);
  const random = {...makeModel(cells, {name: "random-split"}), protocol: "random" as const};
  const set = (model: typeof apart, original: number, undisputed: number) => {
    const {figures} = model.groups[0]!;
    const around = (estimate: number) => ({...figures.original, accuracy: {estimate, low: estimate - 0.01, high: 1}});
    Object.assign(figures, {original: around(original), undisputed: around(undisputed)});
    Object.assign(model.cells, {original: 600, undisputed: 500});
  };
  set(apart, 0.9, 0.97);
  set(random, 0.95, 0.98);
  const words = leakWords(makeData([apart, random]));
  // 45 of 60 errors, and 20 of 30.
  expect(words).toContain("patients apart (75\u00a0%) as on the random split (67\u00a0%)");
  expect(words).toContain("accuracy is 0.970 with patients apart and 0.980 on the random split: the intervals overlap");
  expect(leakWords(makeData([apart]))).toBe("");
});

test("parts of the cells are named by factor and group", () => {
  const figure = {estimate: 0.9, low: 0.8, high: 0.95};
  const none = {estimate: NaN, low: NaN, high: NaN};
  const figures = {accuracy: figure, sensitivity: figure, specificity: none, rocArea: none};
  const part = {factor: "microscope", group: "Motic", cells: 9, patients: 1, figures};
  const [first, second] = subgroupDots({...makeModel(cells), subgroups: [part]});
  expect(first).toMatchObject({row: "microscope: Motic", figure: "sensitivity", ...figure});
  expect(second!.estimate).toBeNaN();
});

test("a laboratory has a dot by the shipped gate and a hollow one by a gate that never met it, where it has such cells", () => {
  const figure = (estimate: number) => ({estimate, low: estimate - 0.1, high: estimate + 0.05});
  // What has no figure is null once it was JSON.
  const none = null as unknown as number;
  const unknown = {estimate: none, low: none, high: none};
  const answers = (sensitivity: number, refused: number) => ({
    cells: 1200,
    parasitized: 1200,
    patients: 9,
    figures: {accuracy: figure(sensitivity), sensitivity: figure(sensitivity), specificity: unknown, rocArea: unknown},
    sensitivityAt1Percent: unknown,
    sensitivityAt01Percent: unknown,
    answered: figure(0.5),
    cautioned: figure(0.5 - refused),
    refused: refused ? figure(refused) : {estimate: 0, low: none, high: none},
    silentMisses: 3
  });
  const laboratories = [
    {laboratory: "A", licence: "", credit: "", teaches: true, ...answers(0.9, 0), unmet: answers(0.8, 0.125)}
  ];
  expect(laboratoryDots({laboratories})).toMatchObject([
    {row: "A", figure: "sensitivity", estimate: 0.9, hollow: false},
    {row: "A", figure: "answered", estimate: 1, low: NaN, high: NaN, hollow: false},
    {row: "A", figure: "sensitivity", estimate: 0.8, hollow: true},
    {row: "A", figure: "answered", estimate: 0.875, low: 0.825, high: 0.975, hollow: true}
  ]);
  expect(laboratoryRows(laboratories)).toMatchObject([
    {
      laboratory: "A",
      cells: "1,200",
      sensitivity: "0.900 (0.800–0.950)",
      specificity: "–",
      "silent misses": "3",
      refused: "0.0\u00a0%",
      "sensitivity at 1 % false alarms": "–"
    },
    {laboratory: "A, never met", refused: "12.5\u00a0% (2.5–17.5\u00a0%)", sensitivity: "0.800 (0.700–0.850)"}
  ]);
});

test("a patient with few cells weighs as much as one with many, patient by patient", () => {
  const [sensitivity] = macroRows([matrix(90, 10, 0, 10), matrix(5, 5, 5, 5)]);
  expect(sensitivity).toMatchObject({
    figure: "sensitivity",
    "every cell alike": "86.4\u00a0%",
    "every patient alike": "70.0\u00a0%",
    patients: 2
  });
});

const row = (change: string, level: number) => ({
  change,
  level,
  cells: 9,
  rocArea: 0.9,
  sensitivity: 0.8,
  specificity: 0.7
});

test("each way of a change goes from the pictures as they are to the most changed", () => {
  const list = [
    row("none", 0),
    row("hue", -15),
    row("hue", -30),
    row("hue", 15),
    row("jpeg", 90),
    row("jpeg", 10),
    row("size", 0.5)
  ];
  const panels = robustnessPanels([...list, row("size", 2), row("frame-filled", 1)]);
  expect(panels.map(({title, points}) => [title, ...points.map(({level}) => level)])).toEqual([
    ["hue turned back, degrees", "none", "−15", "−30"],
    ["hue turned on, degrees", "none", "15"],
    ["JPEG of quality", "none", "90", "10"],
    ["fewer pixels and back, times", "none", "0.5"],
    ["more pixels and back, times", "none", "2"],
    ["black frame", "none", "filled"]
  ]);
  const pictured = robustnessPanels(list, {"hue:15": "data:a", "none:0": "data:b"})[1]!;
  expect(pictured.points.map(({picture}) => picture)).toEqual(["data:b", "data:a"]);
});

test("nothing scored has no panels; an unknown change keeps its name", () => {
  expect(robustnessPanels([])).toEqual([]);
  expect(robustnessPanels([row("smoke", 3)])).toEqual([
    {title: "smoke", points: [{level: "3", rocArea: 0.9, sensitivity: 0.8, specificity: 0.7}]}
  ]);
});
