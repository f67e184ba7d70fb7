import type {ClassificationReport, ReportLine} from "../metrics/index.js";

/** The classification report as table rows, figures to three decimals. */
export function reportRows({classes, accuracy, macro, weighted}: ClassificationReport) {
  const row = ({name, precision, recall, f1, support}: ReportLine) => ({
    class: name,
    precision: precision.toFixed(3),
    recall: recall.toFixed(3),
    f1: f1.toFixed(3),
    support
  });
  const whole = {class: "accuracy", precision: "", recall: "", f1: accuracy.toFixed(3), support: macro.support};
  return [...classes.map(row), whole, row(macro), row(weighted)];
}
