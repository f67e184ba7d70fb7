import {fieldTables} from "../../src/data/loaders/field-tables.js";
import type {FieldsReport, FieldTable} from "../../src/data/shapes/fields.js";
import {replacePart} from "../readme-part.js";

function table({caption, rows}: FieldTable): string {
  const columns = Object.keys(rows[0] ?? {});
  const line = (values: readonly string[]) => `| ${values.join(" | ")} |`;
  return [
    `${caption}:\n`,
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
  const parts = fieldTables(report).map(table);
  return replacePart(text, "fields: npm run fields", `${parts.join("\n\n")}\n`, "models/README.md");
}
