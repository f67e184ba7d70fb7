import type {FieldLaboratory, FieldsReport, FieldTable} from "../shapes/fields.js";

const shown = (value: number | null | undefined, digits = 3) => (value == null ? "–" : value.toFixed(digits));

/** How well whole fields of other laboratories are found, and, of those that have infected cells, judged. */
export function fieldTables(report: FieldsReport): FieldTable[] {
  const infected = report.laboratories.filter(({judged}) => judged.resnet34.auc !== null);
  return [
    {
      caption: `Finding: whole red cells that a person boxed, and those that the finder tells; none of these fields taught it${trainedWithout(report)}`,
      rows: findingRows(report)
    },
    ...infected.map((laboratory) => ({
      caption: `Judging: the cells that were found in the fields of ${laboratory.title}`,
      rows: judgingRows(laboratory)
    }))
  ];
}

/** How the finders were trained that a laboratory was left out of. */
function trainedWithout({leftOut = []}: FieldsReport): string {
  const steps = [...new Set(leftOut.map((one) => one.steps.toLocaleString("en")))].join(" or ");
  return steps && `; one “left out” by another finder, trained without that laboratory in ${steps} steps`;
}

/** One row a laboratory: how well cells are found in its whole fields, and judged where some are infected. */
function findingRows({laboratories, leftOut = []}: FieldsReport): FieldTable["rows"] {
  // What finders that are not shipped find was judged before fields had offsets of their own.
  const without = leftOut.map(({title, ...one}) => ({...one, title: `${title}, left out`, judged: null}));
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
    "healthy cells called healthy": shown(judged?.resnet34.specificity)
  }));
}

/** One row a network: how it judges the found cells of a laboratory that has infected ones. */
function judgingRows({judged}: FieldLaboratory): FieldTable["rows"] {
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
