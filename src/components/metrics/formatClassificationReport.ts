import {checkCount} from "./check.js";
import type {ClassificationReport, ReportLine} from "./classificationReport.js";

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
