import {describe, expect, test} from "vitest";
import {
  classificationReport,
  confusionMatrix,
  formatClassificationReport,
  scoreIndex
} from "../../../../src/components/metrics/index.js";
import type {ReportLine} from "../../../../src/components/metrics/index.js";
import {datasets, expectClose, replaced} from "./fixture.js";

describe("classificationReport", () => {
  test.each(datasets)("agrees with scikit-learn: $name", ({scores, labels, atThreshold}) => {
    const index = scoreIndex(scores, labels);
    for (const {threshold, reportData} of atThreshold) {
      const {classes, accuracy, macro, weighted} = classificationReport(confusionMatrix(index, threshold));
      expectClose(accuracy, reportData.accuracy, 1e-15);
      for (const line of [...classes, macro, weighted]) {
        const expected = reportData[line.name]!;
        for (const key of ["precision", "recall", "support"] as const) expectClose(line[key], expected[key]!, 1e-15);
        expectClose(line.f1, expected["f1-score"]!, 1e-15);
      }
    }
  });

  test("the replaced system's figures", () => {
    const {classes, macro, accuracy} = classificationReport(replaced);
    const rounded = ({name, precision, recall, f1, support}: ReportLine) =>
      [name, precision.toFixed(2), recall.toFixed(2), f1.toFixed(2), support].join(" ");
    expect(classes.map(rounded)).toEqual(["parasitized 0.97 0.96 0.97 2801", "uninfected 0.96 0.97 0.97 2710"]);
    expect(macro.support).toBe(5511);
    expect(accuracy).toBe(5325 / 5511);
  });
});

describe("formatClassificationReport", () => {
  test.each(datasets)("prints what scikit-learn prints: $name", ({scores, labels, atThreshold}) => {
    const index = scoreIndex(scores, labels);
    for (const {threshold, report, report4} of atThreshold) {
      if (report === null) continue;
      const data = classificationReport(confusionMatrix(index, threshold));
      expect(formatClassificationReport(data)).toBe(report);
      expect(formatClassificationReport(data, {digits: 4})).toBe(report4);
    }
  });

  test("the replaced system's report", () => {
    expect(`\n${formatClassificationReport(classificationReport(replaced))}`).toBe(`
              precision    recall  f1-score   support

 parasitized       0.97      0.96      0.97      2801
  uninfected       0.96      0.97      0.97      2710

    accuracy                           0.97      5511
   macro avg       0.97      0.97      0.97      5511
weighted avg       0.97      0.97      0.97      5511
`);
  });

  test("rounds exact halves to even like Python, widens for long names, refuses broken digits", () => {
    const eighths = {truePositives: 1, falseNegatives: 7, falsePositives: 5, trueNegatives: 3};
    const report = classificationReport(eighths, {names: ["a remarkably long name", "b"]});
    const [heading, , first, second] = formatClassificationReport(report).split("\n");
    expect(heading).toBe(`${" ".repeat(22)}  precision    recall  f1-score   support`);
    expect(first).toBe("a remarkably long name       0.17      0.12      0.14         8");
    expect(second).toBe(`${" ".repeat(21)}b       0.30      0.38      0.33         8`);
    expect(() => formatClassificationReport(report, {digits: -1})).toThrow("digits is -1");
  });
});
