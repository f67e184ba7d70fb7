import {expect, test} from "vitest";
import {classificationReport, confusionMatrix, scoreIndex} from "../../../../src/components/metrics/index.js";
import type {ReportLine} from "../../../../src/components/metrics/index.js";
import {datasets, expectClose, replaced} from "./fixture.js";

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
