import {expect, test} from "vitest";
import {fieldRows, judgingRows} from "../../../../src/components/card/field-rows.js";
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

test("where some cells have no box, nothing is told that hangs on them", () => {
  const [complete, partial] = fieldRows({finder: "", laboratories: [laboratory, {...laboratory, isComplete: false}]});
  expect(complete).toMatchObject({precision: "0.950", recall: "0.900", "F1 at overlap ½": "0.924"});
  expect(partial).toMatchObject({
    precision: "–",
    recall: "0.900",
    "F1 at overlap ½": "–",
    "count off by (median)": "–"
  });
});

test("a laboratory that a finder was trained without has a row of its own, with that training's steps", () => {
  const rows = fieldRows({finder: "", laboratories: [laboratory], leftOut: [{...laboratory, steps: 1000}]});
  expect(rows.map((row) => row.laboratory)).toEqual(["One", "One, by a finder trained without it in 1,000 steps"]);
});

test("what was not measured is a dash", () => {
  expect(judgingRows(laboratory)[1]).toMatchObject({network: "ResNet-34", AUC: "–", specificity: "0.900"});
});
