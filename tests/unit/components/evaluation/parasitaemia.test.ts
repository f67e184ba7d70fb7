import {expect, test} from "vitest";
import {
  parasitaemiaFigures,
  parasitaemiaFinding,
  parasitaemiaOf
} from "../../../../src/components/evaluation/parasitaemia.js";
import type {FieldLaboratory} from "../../../../src/data/shapes/fields.js";

const nothing = {
  ...{infected: 0, healthy: 90, specificity: 0.9, auc: null, sensitivity: null},
  ...{sensitivityAt1Percent: null, sensitivityAt01Percent: null}
};
const laboratory: FieldLaboratory = {
  ...{laboratory: "one", title: "One", isComplete: true, tookPart: false},
  finding: {fields: 2, cells: 100, precision: 0.95, recall: 0.9, f1: 0.924, f1Strict: 0.7, medianCountError: 0.05},
  judged: {boxed: {infected: 0, healthy: 100}, student: nothing, resnet34: nothing},
  parasitaemia: [
    {field: "a", cells: 50, infected: 1, told: 40, called: 4},
    {field: "b", cells: 50, infected: 5, told: 50, called: 6},
    {field: "c", cells: 0, infected: 0, told: 0, called: 0}
  ]
};

test("parasitaemia is of fields with cells, and its bias is said in points", () => {
  expect(parasitaemiaOf(laboratory)).toEqual([
    {name: "a", truth: 0.02, told: 0.1},
    {name: "b", truth: 0.1, told: 0.12}
  ]);
  expect(parasitaemiaFinding(laboratory)).toBe(
    "Left alone, the networks call 5.0 points too many of a field's cells parasitized"
  );
});

test("a figure for each laboratory that has infected cells, and nothing where none has", () => {
  const healthy = {...laboratory};
  delete healthy.parasitaemia;
  const node = parasitaemiaFigures({finder: "", laboratories: [healthy, laboratory]})!;
  expect(node.querySelectorAll("figure")).toHaveLength(1);
  expect(node.querySelectorAll("circle")).toHaveLength(2);
  expect(node.textContent).toContain("the networks call 5.0 points too many");
  expect(parasitaemiaFigures({finder: "", laboratories: [healthy]})).toBeNull();
  expect(parasitaemiaFigures(null)).toBeNull();
});
