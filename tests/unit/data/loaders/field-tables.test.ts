import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {fieldTables} from "../../../../src/data/loaders/field-tables.js";
import type {FieldsReport} from "../../../../src/data/shapes/fields.js";
import {fieldLaboratory as laboratory} from "../../../fixtures/field-laboratory.js";

const findingOf = (report: FieldsReport) => fieldTables(report)[0]!.rows;

test("one table of the finding, and one of the judging for each laboratory with infected cells", () => {
  const report = JSON.parse(readFileSync("models/finder/report.json", "utf8")) as FieldsReport;
  const [finding, ...judging] = fieldTables(report);
  const infected = report.laboratories.filter(({judged}) => judged.resnet34.auc !== null);
  expect(infected.length).toBeGreaterThan(0);
  expect(judging).toHaveLength(infected.length);
  expect(finding!.rows).toHaveLength(report.laboratories.length + report.leftOut!.length);
  expect(judging[0]!.rows.map(({network}) => network)).toEqual(["Student", "ResNet-34"]);
  expect(judging[0]!.rows[1]!.AUC).toBe(infected[0]!.judged.resnet34.auc!.toFixed(3));
});

test("where some cells have no box, nothing is told that hangs on them", () => {
  const [complete, partial] = findingOf({finder: "", laboratories: [laboratory, {...laboratory, isComplete: false}]});
  expect(complete).toMatchObject({precision: "0.950", recall: "0.900", "F1 at overlap ½": "0.924"});
  expect(partial).toMatchObject({
    precision: "–",
    recall: "0.900",
    "F1 at overlap ½": "–",
    "count off by (median)": "–"
  });
});

test("a laboratory that a finder was trained without has a row of its own, and the caption has the steps", () => {
  const [finding] = fieldTables({finder: "", laboratories: [laboratory], leftOut: [{...laboratory, steps: 1000}]});
  expect(finding!.rows.map((row) => row.laboratory)).toEqual(["One", "One, left out"]);
  expect(finding!.rows.map((row) => row["healthy cells called healthy"])).toEqual(["0.900", "–"]);
  expect(finding!.caption).toMatch(/by another finder, trained without that laboratory in 1,000 steps$/);
});

test("what was not measured is a dash", () => {
  const infected = {...laboratory, judged: {...laboratory.judged, resnet34: {...laboratory.judged.resnet34, auc: 0.9}}};
  const [, judging] = fieldTables({finder: "", laboratories: [infected]});
  expect(judging!.rows[1]).toMatchObject({network: "ResNet-34", AUC: "0.900", sensitivity: "–", specificity: "0.900"});
});
