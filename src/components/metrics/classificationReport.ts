import {accuracy} from "./accuracy.js";
import type {ConfusionMatrix} from "./confusionMatrix.js";
import {f1} from "./f1.js";
import {precision} from "./precision.js";
import {sensitivity} from "./sensitivity.js";

/** One line of the report; shares in 0…1, support in cells. */
export interface ReportLine {
  readonly name: string;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly support: number;
}

/** The report as data. */
export interface ClassificationReport {
  /** The positive class, then the negative one. */
  readonly classes: readonly [ReportLine, ReportLine];
  readonly accuracy: number;
  /** Plain mean of the two classes; support is the total. */
  readonly macro: ReportLine;
  /** Mean of the two classes weighted by support. */
  readonly weighted: ReportLine;
}

/**
 * scikit-learn's `classification_report` for two classes. Here, and only here, an undefined ratio counts as 0 as in
 * scikit-learn, since its averages are built on that. Both classes and the accuracy are always
 * there, even where a class never occurs. `names` are those of the positive and the negative class.
 */
export function classificationReport(
  matrix: ConfusionMatrix,
  {names = ["parasitized", "uninfected"]}: {names?: readonly [string, string]} = {}
): ClassificationReport {
  const swapped: ConfusionMatrix = {
    truePositives: matrix.trueNegatives,
    falseNegatives: matrix.falsePositives,
    falsePositives: matrix.falseNegatives,
    trueNegatives: matrix.truePositives
  };
  const classes = [line(names[0], matrix), line(names[1], swapped)] as const;
  const [{support: positives}, {support: negatives}] = classes;
  return {
    classes: [...classes],
    accuracy: accuracy(matrix),
    macro: average("macro avg", classes, [1, 1]),
    weighted: average("weighted avg", classes, [positives, negatives])
  };
}

function line(name: string, matrix: ConfusionMatrix): ReportLine {
  return {
    name,
    precision: precision(matrix) || 0,
    recall: sensitivity(matrix) || 0,
    f1: f1(matrix) || 0,
    support: matrix.truePositives + matrix.falseNegatives
  };
}

function average(
  name: string,
  [first, second]: readonly [ReportLine, ReportLine],
  [a, b]: [number, number]
): ReportLine {
  const mean = (x: number, y: number): number => (x * a + y * b) / (a + b);
  return {
    name,
    precision: mean(first.precision, second.precision),
    recall: mean(first.recall, second.recall),
    f1: mean(first.f1, second.f1),
    support: first.support + second.support
  };
}
