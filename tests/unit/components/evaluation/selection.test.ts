import {expect, test} from "vitest";
import {evaluationTable, fileNameOf, resolveGroup} from "../../../../src/components/evaluation/selection.js";
import {readQuery, writeQuery} from "../../../../src/components/ui/url-state.js";
import {makeCells, makeData, makeModel} from "./fixture.js";

const cells = makeCells();
const others = [makeModel(cells, {name: "colour", folds: [0]}), makeModel(cells, {name: "small-cnn"})];
const data = makeData([makeModel(cells), ...others]);
const table = evaluationTable(data, cells);

test("nothing in the address is the first model, all folds, the chosen threshold", () => {
  const {values, problems} = readQuery(table, "");
  expect(problems).toEqual([]);
  expect(values).toMatchObject({
    model: "resnet34",
    fold: "all",
    labels: "original",
    tab: "summary",
    kind: "none",
    prevalence: 3.3
  });
  expect([values.threshold, values.bin, values.cell]).toEqual([NaN, NaN, NaN]);
  expect(writeQuery(table, values)).toBe("");
});

test("a whole selection survives the address", () => {
  const values = {
    model: "colour",
    fold: "3",
    labels: "corrected" as const,
    threshold: 0.123456,
    prevalence: 1.5,
    cost: 20,
    tab: "patients" as const,
    kind: "false-negatives" as const,
    bin: 4,
    patient: "C5",
    disputed: "yes" as const,
    part: "fold: 3",
    cell: 17,
    other: "small-cnn",
    compared: 21
  };
  expect(readQuery(table, writeQuery(table, values))).toEqual({values, problems: []});
});

test("nonsense falls back and is named", () => {
  const {values, problems} = readQuery(table, "?threshold=2&fold=9&labels=best&patient=Bob&bin=1.5&cell=-1");
  expect(problems).toHaveLength(6);
  expect(problems.join(" ")).toContain("labels=best, but it must be one of original, undisputed, corrected");
  expect(values).toMatchObject({fold: "all", labels: "original", patient: "any"});
  expect(values.threshold).toBeNaN();
});

test("a model that was not tested on the fold shows all its folds and says so", () => {
  expect(resolveGroup(data, {model: "resnet34", fold: "3"})).toMatchObject({group: {fold: "3"}, problem: null});
  const {group, problem} = resolveGroup(data, {model: "colour", fold: "3"});
  expect(group.fold).toBe("all");
  expect(problem).toContain("colour was not tested on fold 3");
});

test("beside the first model stands the student, else the next one, never itself", () => {
  const table = evaluationTable(makeData([makeModel(cells), ...others, makeModel(cells, {name: "student"})]), cells);
  expect(readQuery(table, "").values.other).toBe("student");
  expect(readQuery(evaluationTable(data, cells), "").values.other).toBe("colour");
  expect(readQuery(table, "?other=resnet34").problems.join()).toContain("one of colour, small-cnn, student");
});

test("a file is named after the page, the part and the selection", () => {
  const named = (query: string) => fileNameOf({selection: readQuery(table, query).values}, "roc-curve");
  expect(named("")).toBe("evaluation-roc-curve-resnet34-all-folds-original");
  expect(named("?model=colour&fold=2&labels=undisputed&threshold=0.4")).toBe(
    "evaluation-roc-curve-colour-fold-2-undisputed-threshold-0.4"
  );
});
