import {expect, test} from "vitest";
import {fieldFigures} from "../../../../src/components/evaluation/field-figures.js";
import type {FieldLaboratory, JudgingFigures} from "../../../../src/data/shapes/fields.js";

const judging = (auc: number | null): JudgingFigures => ({
  ...{infected: 5, healthy: 90, specificity: 0.9, auc, sensitivity: auc},
  ...{sensitivityAt1Percent: auc, sensitivityAt01Percent: auc}
});
const laboratory = (title: string, auc: number | null): FieldLaboratory => ({
  ...{laboratory: title, title, isComplete: true, tookPart: false},
  finding: {fields: 2, cells: 100, precision: 0.95, recall: 0.9, f1: 0.924, f1Strict: 0.7, medianCountError: 0.05},
  judged: {boxed: {infected: 6, healthy: 100}, student: judging(auc), resnet34: judging(auc)},
  parasitaemia: [
    {field: "a", cells: 50, infected: 1, told: 50, called: 4},
    {field: "b", cells: 50, infected: 5, told: 50, called: 6}
  ]
});

test("a table of the finding, and judging with its plot where some cells are infected", () => {
  const report = {finder: "", laboratories: [laboratory("Healthy", null), laboratory("Ill", 0.97)]};
  const node = fieldFigures(report, (draw) => draw(600))!;
  expect(node.querySelectorAll("table").length).toBeGreaterThanOrEqual(2);
  const [figure, ...rest] = node.querySelectorAll("figure");
  expect(rest).toEqual([]);
  expect(figure!.textContent).toContain("Left alone, the networks call 4.0 points too many");
  expect(figure!.querySelectorAll("circle")).toHaveLength(2);
});

test("nothing where it was not measured", () => {
  expect(fieldFigures(null, (draw) => draw(600))).toBeNull();
});
