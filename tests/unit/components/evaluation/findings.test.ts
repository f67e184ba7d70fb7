import {expect, test} from "vitest";
import {currentOf} from "../../../../src/components/evaluation/current.js";
import {sumErrors} from "../../../../src/components/evaluation/errors.js";
import {
  foldsFinding,
  healthyFinding,
  histogramFinding,
  laboratoriesFinding,
  silentMissesText,
  matrixFinding,
  patientsFinding,
  precisionRecallFinding,
  ratesFinding,
  reliabilityFinding,
  robustnessFinding,
  rocFinding,
  shareOf,
  splitFinding,
  subgroupsFinding,
  widestFold
} from "../../../../src/components/evaluation/findings.js";
import {evaluationTable} from "../../../../src/components/evaluation/selection.js";
import {sensitivityAtSpecificity} from "../../../../src/components/metrics/index.js";
import {formatCount, formatPercent} from "../../../../src/components/ui/format.js";
import {readQuery} from "../../../../src/components/ui/url-state.js";
import {makeCells, makeData, makeModel} from "./fixture.js";

const cells = makeCells();
const model = makeModel(cells);
const data = makeData([model]);
const toCurrent = currentOf(data, cells, new Map([[model.name, model]]));
const at = (query: string) => toCurrent(readQuery(evaluationTable(data, cells), query).values);
const plain = (text: string) => text.replace(/\u00a0/g, " ");
const figure = (estimate: number, low = estimate - 0.01, high = estimate + 0.01) => ({estimate, low, high});

test("a share near a plain fraction is said in words, another in per cent", () => {
  expect(shareOf(0.74, "errors")).toBe("Three of four errors");
  expect(shareOf(0.5, "errors")).toBe("Half of the errors");
  expect(plain(shareOf(0.61, "errors"))).toBe("61 % of the errors");
});

test("the matrix says how many errors are disputed, or what is left where none is", () => {
  const current = at("?threshold=0.8");
  const {wrong, wrongDisputed} = sumErrors(current.errors);
  expect(matrixFinding(current)).toBe(
    `${shareOf(wrongDisputed / wrong, "errors")} are on cells that two readers label differently`
  );
  const rest = at("?threshold=0.8&labels=undisputed");
  expect(matrixFinding(rest)).toContain(`${formatCount(rest.matrix.falseNegatives)} missed parasites`);
});

test("curves say what they reach, in the numbers of the metrics", () => {
  const {prepared, curves} = at("");
  const {sensitivity} = sensitivityAtSpecificity(prepared.index, 0.99);
  expect(rocFinding(prepared)).toContain(formatPercent(sensitivity));
  const points = [
    {threshold: 0.9, recall: 0.3, precision: 1},
    {threshold: 0.5, recall: 0.8, precision: 0.99},
    {threshold: 0.1, recall: 1, precision: 0.5}
  ];
  expect(plain(precisionRecallFinding({precisionRecall: points}))).toContain("until 80 % of the parasites");
  expect(precisionRecallFinding({precisionRecall: points.slice(2)})).toContain("At no threshold");
  const rate = (threshold: number, low: number) => ({threshold, sensitivity: low, specificity: 0.99});
  expect(plain(ratesFinding({rates: [rate(0.1, 0.9), rate(0.2, 0.96), rate(0.6, 0.95), rate(0.7, 0.9)]}))).toBe(
    "Any threshold from 0.20 to 0.60 keeps both rates above 95 %"
  );
  expect(ratesFinding({rates: [rate(0.1, 0.9)]})).toContain("No threshold");
  expect(histogramFinding(curves)).toMatch(/^\d+\u00a0% of the scores lie below 0.05 or above 0.95$/);
});

test("temperature cuts or raises the calibration error", () => {
  const calibration = (before: number, after: number) => ({
    calibration: {before: {error: before, brier: 0}, after: {error: after, brier: 0}}
  });
  expect(reliabilityFinding(calibration(0.02, 0.01))).toContain("cuts the calibration error from 0.020 to 0.010");
  expect(reliabilityFinding(calibration(0.01, 0.02))).toContain("raises");
});

test("patients: on how few the missed parasites lie, and what false alarms hide", () => {
  const current = at("?threshold=0.8");
  expect(patientsFinding(current)).toMatch(/^\d+ of 23 patients give half of the missed parasites$/);
  expect(patientsFinding({...current, errors: []})).toContain("No parasite of 23 patients");
  const healthy = {count: 7, mean: 0.02, deviation: 0.01, upper: 0.04, hidden: 0.03};
  expect(plain(healthyFinding({healthy}))).toContain("fewer than 3.0 % of the cells");
  expect(plain(healthyFinding({healthy: {...healthy, hidden: NaN}}))).toContain("2.0 % of a healthy patient");
  expect(healthyFinding({healthy: {...healthy, count: 0}})).toBe("No patient here is healthy");
});

test("the fold with the widest interval of its accuracy is the least certain", () => {
  const groups = model.groups.map((group) => {
    const accuracy = group.fold === "3" ? figure(0.95, 0.8, 0.97) : figure(0.96);
    return {...group, figures: {...group.figures, original: {...group.figures.original, accuracy}}};
  });
  expect(widestFold({groups}, "original")!.fold).toBe("3");
  expect(plain(foldsFinding({groups}, "original"))).toBe("Fold 3 is the least certain: accuracy 80.0 % to 97.0 %");
  expect(foldsFinding({groups: groups.slice(0, 2)}, "original")).toBe("One fold only");
});

test("the random split is set beside patients apart", () => {
  const dot = (row: string, low: number, high: number) => ({row, figure: "accuracy", estimate: 0.97, low, high});
  const apart = dot("patients apart", 0.96, 0.975);
  expect(splitFinding([apart, dot("random split", 0.97, 0.98)])).toContain("the intervals overlap");
  expect(splitFinding([apart, dot("random split", 0.976, 0.98)])).toContain("do not overlap");
  expect(splitFinding([apart])).toBe("");
});

test("the worst part of the cells, laboratory and change are named", () => {
  const figures = (accuracy: number, sensitivity: number, specificity: number) => ({
    accuracy: figure(accuracy),
    sensitivity: figure(sensitivity),
    specificity: figure(specificity),
    rocArea: figure(0.99)
  });
  const part = {factor: "hue", group: "above 2°", cells: 9, patients: 9, figures: figures(0.9, 0.9, 0.9)};
  const few = {...part, group: "tiny", figures: {...part.figures, accuracy: {estimate: 0.1, low: NaN, high: NaN}}};
  const subgroups = [part, few, {...part, group: "up to 2°", figures: figures(0.95, 0.9, 0.9)}];
  expect(plain(subgroupsFinding({subgroups}))).toBe("It errs most on cells of hue above 2°: accuracy 90.0 %");
  expect(subgroupsFinding({subgroups: [few]})).toBe("");

  const laboratory = (name: string, sensitivity: number, specificity: number) =>
    ({
      laboratory: name,
      unmet: {refused: figure(0.04), parasitized: 400, silentMisses: 1, figures: figures(0.9, sensitivity, specificity)}
    }) as (typeof model.laboratories)[number];
  // What has no figure is null once it was JSON.
  const unknown = null as unknown as number;
  const laboratories = [laboratory("A", 0.8, 0.99), laboratory("B", NaN, 0.7), laboratory("C", unknown, unknown)];
  expect(plain(laboratoriesFinding({laboratories}))).toContain(
    "sensitivity 80 % (A), specificity 70 % (B), 4 % refused"
  );
  expect(silentMissesText({laboratories})).toMatch(/^Of 1,200 parasitized cells, .* 3 are called uninfected outright/);
  expect(silentMissesText({laboratories: []})).toBe("");

  const change = (name: string, level: number, sensitivity: number, specificity: number) => ({
    change: name,
    level,
    cells: 9,
    rocArea: 0.9,
    sensitivity,
    specificity
  });
  const robustness = [change("none", 0, 0.97, 0.98), change("blur", 2, 0.8, 0.98), change("noise", 0.1, 0.99, 0.44)];
  expect(plain(robustnessFinding({robustness}))).toBe(
    "Noise, deviation 0.1 does most harm: specificity falls from 98 % to 44 %"
  );
  expect(robustnessFinding({robustness: []})).toBe("");
});
