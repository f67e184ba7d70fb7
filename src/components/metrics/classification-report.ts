import {checkCount} from "./check.js";
import type {ConfusionMatrix} from "./confusion-matrix.js";
import {accuracy, f1, precision, sensitivity} from "./confusion-matrix.js";

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

/**
 * The report as scikit-learn prints it, character for character, with its final line break. Numbers round half to
 * even, as in Python. Two exceptions: a class that never occurs keeps its line, and supports stay whole numbers where
 * no call is right (scikit-learn then prints 5.0).
 * @throws RangeError unless `digits` is a whole number ≥ 0.
 */
export function formatClassificationReport(
  {classes, accuracy, macro, weighted}: ClassificationReport,
  {digits = 2} = {}
): string {
  checkCount("digits", digits);
  const width = Math.max(...[...classes, macro, weighted].map(({name}) => name.length), digits);
  const row = (name: string, cells: readonly (string | number)[]): string =>
    `${name.padStart(width)} ${cells.map((cell) => ` ${String(cell).padStart(9)}`).join("")}\n`;
  const fixed = (value: number): string => toFixedHalfEven(value, digits);
  const line = ({name, precision, recall, f1, support}: ReportLine): string =>
    row(name, [fixed(precision), fixed(recall), fixed(f1), support]);
  return [
    row("", ["precision", "recall", "f1-score", "support"]),
    classes.map(line).join(""),
    row("accuracy", ["", "", fixed(accuracy), macro.support]) + line(macro) + line(weighted)
  ].join("\n");
}

/** Number.toFixed, but an exact tie goes to the even digit; only a multiple of 2^−(digits + 1) can be one. */
function toFixedHalfEven(value: number, digits: number): string {
  const scaled = value * 10 ** digits;
  const isTie = Number.isInteger(value * 2 ** (digits + 1)) && scaled % 1 === 0.5;
  return (isTie ? (2 * Math.round(scaled / 2)) / 10 ** digits : value).toFixed(digits);
}
