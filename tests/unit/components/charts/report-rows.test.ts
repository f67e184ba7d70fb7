import {expect, test} from "vitest";
import {reportRows} from "../../../../src/components/charts/report-rows.js";
import {classificationReport} from "../../../../src/components/metrics/index.js";

test("the replaced system's matrix gives the report it printed", () => {
  const matrix = {truePositives: 2689, falseNegatives: 112, falsePositives: 74, trueNegatives: 2636};
  const rows = reportRows(classificationReport(matrix));
  expect(rows.map((row) => row.class)).toEqual(["parasitized", "uninfected", "accuracy", "macro avg", "weighted avg"]);
  expect(rows[0]).toEqual({class: "parasitized", precision: "0.973", recall: "0.960", f1: "0.967", support: 2801});
  expect(rows[2]).toEqual({class: "accuracy", precision: "", recall: "", f1: "0.966", support: 5511});
});
