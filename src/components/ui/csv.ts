import {csvFormatRows} from "d3-dsv";

/** What a table cell may hold. */
export type Value = string | number | boolean | null;

/** One row of a table, by column name. */
export type Row = Record<string, Value>;

/**
 * Rows as comma-separated text with a header line.
 *
 * Text that a spreadsheet would run as a formula (it starts with `=`, `+`, `-`, `@`, a tab or a carriage return) gets a
 * leading apostrophe; numbers are left as they are.
 */
export function toCsv(rows: readonly Row[], columns: readonly string[] = Object.keys(rows[0] ?? {})): string {
  return csvFormatRows([[...columns], ...rows.map((row) => columns.map((column) => safe(row[column])))]) + "\n";
}

function safe(value: Value | undefined): string {
  if (typeof value !== "string") return value == null ? "" : String(value);
  return /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}
