import type {FieldLaboratory, FieldsReport} from "../../data/shapes/fields.js";
import type {Row} from "../ui/csv.js";
import {formatCount} from "../ui/format.js";

const shown = (value: number | null | undefined, digits = 3) => (value == null ? "–" : value.toFixed(digits));

/** One row a laboratory: how well cells are found in its whole fields, and judged where some are infected. */
export function fieldRows({laboratories, leftOut = []}: FieldsReport): Row[] {
  const without = leftOut.map((one) => ({
    ...one,
    title: `${one.title}, by a finder trained without it in ${formatCount(one.steps)} steps`
  }));
  return [...laboratories, ...without].map(({title, isComplete, tookPart, finding, judged}) => ({
    laboratory: title,
    "its other fields taught the finder": tookPart ? "yes" : "no",
    fields: finding.fields,
    cells: finding.cells,
    recall: shown(finding.recall),
    precision: isComplete ? shown(finding.precision) : "–",
    "F1 at overlap ½": isComplete ? shown(finding.f1) : "–",
    "F1 at overlap ¾": isComplete ? shown(finding.f1Strict) : "–",
    "count off by (median)": isComplete ? shown(finding.medianCountError) : "–",
    "healthy cells called healthy": shown(judged.resnet34.specificity)
  }));
}

/** One row a network: how it judges the found cells of a laboratory that has infected ones. */
export function judgingRows({judged}: FieldLaboratory): Row[] {
  return (["student", "resnet34"] as const).map((network) => {
    const figures = judged[network];
    return {
      network: network === "student" ? "Student" : "ResNet-34",
      "infected, found of boxed": `${figures.infected} of ${judged.boxed.infected}`,
      "healthy, found": figures.healthy,
      AUC: shown(figures.auc),
      sensitivity: shown(figures.sensitivity),
      specificity: shown(figures.specificity),
      "sensitivity at 1 % false alarms": shown(figures.sensitivityAt1Percent),
      "at 0.1 %": shown(figures.sensitivityAt01Percent)
    };
  });
}
