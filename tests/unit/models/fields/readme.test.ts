import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {fillFields} from "../../../../models/fields/readme.js";
import type {FieldsReport, JudgingFigures} from "../../../../src/data/shapes/fields.js";

const readme = "before\n<!-- fields: npm run fields -->\nold\n<!-- end of fields -->\nafter\n";
const figures = (auc: number | null): JudgingFigures => ({
  infected: auc === null ? 0 : 5,
  healthy: 90,
  specificity: 0.9,
  auc,
  sensitivity: auc,
  sensitivityAt1Percent: auc,
  sensitivityAt01Percent: auc
});
const laboratory = (title: string, auc: number | null) => ({
  laboratory: title,
  title,
  isComplete: true,
  tookPart: auc === null,
  finding: {fields: 2, cells: 100, precision: 0.95, recall: 0.9, f1: 0.924, f1Strict: 0.7, medianCountError: 0.05},
  judged: {boxed: {infected: 6, healthy: 100}, student: figures(auc), resnet34: figures(auc)}
});
const report: FieldsReport = {finder: "", laboratories: [laboratory("One", null), laboratory("Two", 0.97)]};

test("a table of the finding, and one of the judging where there are infected cells", () => {
  const text = fillFields(readme, report);
  expect(text).toMatch(/^before\n/);
  expect(text).not.toContain("old");
  expect(text).toContain("| One | yes | 2 | 100 | 0.900 | 0.950 | 0.924 | 0.700 | 0.050 | 0.900 |");
  expect(text).toContain("found in the fields of Two");
  expect(text).not.toContain("found in the fields of One");
  expect(text).toContain("| ResNet-34 | 5 of 6 | 90 | 0.970 |");
});

test("the README's tables are those of the report", () => {
  const stored = JSON.parse(readFileSync("models/finder/report.json", "utf8")) as FieldsReport;
  const text = readFileSync("models/README.md", "utf8");
  expect(fillFields(text, stored)).toBe(text);
});
