import {existsSync, readFileSync} from "node:fs";
import {fromCSV} from "arquero";
import type {ColumnTable} from "arquero";
import {DataProblem} from "./problem.js";

/**
 * Reads a comma-separated file into a table of strings, with exactly the named columns if they are given.
 *
 * @throws DataProblem when the file is missing, empty, or has other columns
 */
export function readCsv(file: string, columns?: readonly string[]): ColumnTable {
  if (!existsSync(file)) throw new DataProblem(file, "the file does not exist");
  const table = fromCSV(readFileSync(file, "utf8"), {autoType: false});
  const found = table.columnNames();
  if (columns && (columns.some((column, index) => column !== found[index]) || found.length !== columns.length)) {
    throw new DataProblem(file, `the columns must be ${columns.join(",")}, but are ${found.join(",")}`, 1);
  }
  if (table.numRows() === 0) throw new DataProblem(file, "there are no rows below the header");
  return table;
}

/** Checks one value of one row: reads a number in [min, max], or says which row is wrong. */
export function readNumber(
  text: string | null | undefined,
  {
    file,
    row,
    column,
    min,
    max,
    whole = false
  }: {file: string; row: number; column: string; min: number; max: number; whole?: boolean}
): number {
  const value = text == null || text.trim() === "" ? NaN : Number(text);
  if (!(value >= min && value <= max) || (whole && !Number.isInteger(value))) {
    const kind = whole ? "a whole number" : "a number";
    throw new DataProblem(file, `${column} must be ${kind} from ${min} to ${max}, but is “${text ?? ""}”`, row);
  }
  return value;
}
