import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {fieldTables} from "../../../../src/components/card/field-tables.js";
import type {FieldsReport} from "../../../../src/data/shapes/fields.js";

const report = JSON.parse(readFileSync("models/finder/report.json", "utf8")) as FieldsReport;

test("one table of the finding, and one of the judging for each laboratory with infected cells", () => {
  const tables = fieldTables(report)!.querySelectorAll("table");
  const infected = report.laboratories.filter(({judged}) => judged.resnet34.auc !== null);
  expect(infected.length).toBeGreaterThan(0);
  expect(tables).toHaveLength(1 + infected.length);
  for (const {title} of report.laboratories) expect(tables[0]!.textContent).toContain(title);
});

test("nothing where it was not measured", () => {
  expect(fieldTables(null)).toBeNull();
});
