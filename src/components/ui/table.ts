import type {Row, Value} from "./csv.js";
import {element} from "./element.js";

/** Options of {@link table}. */
export interface TableOptions {
  /** Columns to show, in order; all keys of the first row by default. */
  columns?: readonly string[];
  /** Read out before the table, and shown above it. */
  caption?: string;
  document?: Document;
}

/** A plain HTML table: header cells with scope, columns of numbers aligned right, the first column heading its row. */
export function table(
  rows: readonly Row[],
  {columns = Object.keys(rows[0] ?? {}), caption, document = globalThis.document}: TableOptions = {}
): HTMLTableElement {
  const isNumber = (value: Value | undefined) => /^-?[\d.,]*$/.test(String(value ?? ""));
  const numeric = new Set(columns.filter((column) => rows.every((row) => isNumber(row[column]))));
  const align = (column: string) => (numeric.has(column) ? {class: "number"} : {});
  const head = columns.map((column) => element(document, "th", {scope: "col", ...align(column)}, column));
  const body = rows.map((row) =>
    element(
      document,
      "tr",
      {},
      ...columns.map((column, index) => {
        const text = row[column] == null ? "" : String(row[column]);
        const heading = index === 0 ? {scope: "row"} : {};
        return element(document, index === 0 ? "th" : "td", {...heading, ...align(column)}, text);
      })
    )
  );
  return element(
    document,
    "table",
    {},
    ...(caption ? [element(document, "caption", {}, caption)] : []),
    element(document, "thead", {}, element(document, "tr", {}, ...head)),
    element(document, "tbody", {}, ...body)
  );
}

/** A table in a region of its own that scrolls sideways where the page is too narrow, by keyboard too. */
export function scrollTable(
  rows: readonly Row[],
  {document = globalThis.document, ...options}: TableOptions = {}
): HTMLElement {
  const name = options.caption ?? "Table";
  const attributes = {class: "scroll", role: "group", tabindex: 0, "aria-label": name};
  return element(document, "div", attributes, table(rows, {document, ...options}));
}
