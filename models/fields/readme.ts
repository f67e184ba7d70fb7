import {fieldRows, judgingRows} from "../../src/components/card/field-rows.js";
import type {Row} from "../../src/components/ui/csv.js";
import type {FieldsReport} from "../../src/data/shapes/fields.js";
import {replacePart} from "../readme-part.js";

function table(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const line = (values: readonly string[]) => `| ${values.join(" | ")} |`;
  return [
    line(columns),
    `|${columns.map(() => "---").join("|")}|`,
    ...rows.map((row) => line(columns.map((column) => String(row[column]))))
  ].join("\n");
}

/**
 * Puts what was measured on whole fields into a text: a table of the finding, and one of the judging for each laboratory
 * that has infected cells.
 * @throws Error if a marker is missing
 */
export function fillFields(text: string, report: FieldsReport): string {
  const judged = report.laboratories.filter((laboratory) => laboratory.judged.resnet34.auc !== null);
  const parts = [
    table(fieldRows(report)),
    ...judged.map((one) => `The cells that were found in ${one.title}'s fields, judged:\n\n${table(judgingRows(one))}`)
  ];
  return replacePart(text, "fields: npm run fields", `${parts.join("\n\n")}\n`, "models/README.md");
}
