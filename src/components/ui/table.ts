import type {Row, Value} from "./csv.js";
import {element} from "./element.js";

/** Options of {@link table}. */
export interface TableOptions {
  /** Columns to show, in order; all keys of the first row by default. */
  columns?: readonly string[];
  /** Read out before the table, and shown above it. */
  caption?: string;
}

/** A number, its interval and per cent with it, or the dash in its place. */
const NUMBER = /^(–|-?[\d.,]*(\s%)?( \([\d.,]+–[\d.,]+(\s%)?\))?)$/;

/** A plain HTML table: header cells with scope, columns of numbers aligned right, the first column heading its row. */
export function table(
  rows: readonly Row[],
  {columns = Object.keys(rows[0] ?? {}), caption}: TableOptions = {}
): HTMLTableElement {
  const isNumber = (value: Value | undefined) => NUMBER.test(String(value ?? ""));
  const numeric = new Set(columns.filter((column) => rows.every((row) => isNumber(row[column]))));
  const align = (column: string) => numeric.has(column) && {class: "number"};
  const head = columns.map((column) => element("th", {scope: "col"}, align(column), column));
  const body = rows.map((row) =>
    element(
      "tr",
      ...columns.map((column, index) => {
        const text = String(row[column] ?? "").replace(/^-(?=[\d.,]*$)/, "−");
        return element(index === 0 ? "th" : "td", index === 0 && {scope: "row"}, align(column), text);
      })
    )
  );
  return element(
    "table",
    caption && element("caption", element("span", caption)),
    element("thead", element("tr", ...head)),
    element("tbody", ...body)
  );
}

/** A table in a region of its own that scrolls sideways where the page is too narrow, by keyboard too. */
export function scrollTable(rows: readonly Row[], options: TableOptions = {}): HTMLElement {
  const name = options.caption ?? "Table";
  const attributes = {class: "scroll", role: "group", tabindex: 0, "aria-label": name};
  return element("div", attributes, table(rows, options));
}
