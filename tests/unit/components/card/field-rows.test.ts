import {expect, test} from "vitest";
import {fieldRows, judgingRows} from "../../../../src/components/card/field-rows.js";
import {fieldLaboratory as laboratory} from "../../../fixtures/field-laboratory.js";

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
