import {existsSync, readFileSync} from "node:fs";
import {csvParse} from "d3-dsv";
import type {GenericSchema, InferOutput} from "valibot";
import {sha256} from "../pack/digest.js";
import type {ManifestRow} from "../shapes/manifest.js";
import {check} from "../shapes/schema.js";

/** Where the shipped model lies unless a test says otherwise. */
export const modelDirectory = process.env.MALARIA_MODEL ?? "models/resnet34";

/** What stops a build: a sentence that names the file and, where there is one, the row (1 is the header line). */
export class DataProblem extends Error {
  override name = "DataProblem";
  constructor(file: string, sentence: string, row?: number) {
    super(`${file}${row === undefined ? "" : `, row ${row}`}: ${sentence}`);
  }
}

/** @returns a file's sha256, in hex; null without the file */
export function hashIfThere(file: string): string | null {
  return existsSync(file) ? sha256(readFileSync(file)) : null;
}

/** One row of a comma-separated file. */
export interface CsvRow {
  /** Texts by column. */
  texts: Readonly<Record<string, string>>;
  /** The number in [min, max], `whole` or not, of a column. @throws DataProblem naming the row where it is none */
  number(column: string, min: number, max: number, whole?: boolean): number;
  /** @throws DataProblem that names the row */
  fail(sentence: string): never;
}

/**
 * Reads a comma-separated file with exactly the named columns, if they are given.
 *
 * @throws DataProblem when the file is missing, empty, or has other columns
 */
export function readRows(file: string, columns?: readonly string[]): CsvRow[] {
  if (!existsSync(file)) throw new DataProblem(file, "the file does not exist");
  const records = csvParse(readFileSync(file, "utf8"));
  if (columns && columns.join() !== records.columns.join()) {
    throw new DataProblem(file, `the columns must be ${columns.join(",")}, but are ${records.columns.join(",")}`, 1);
  }
  if (records.length === 0) throw new DataProblem(file, "there are no rows below the header");
  return records.map((texts, index) => {
    const fail = (sentence: string): never => {
      throw new DataProblem(file, sentence, index + 2);
    };
    return {
      texts,
      fail,
      number(column, min, max, whole = false) {
        const text = texts[column] ?? "";
        const value = text.trim() === "" ? NaN : Number(text);
        if (value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
        return fail(`${column} must be a ${whole ? "whole " : ""}number from ${min} to ${max}, but is “${text}”`);
      }
    };
  });
}

/** A row that speaks of a cell. */
export interface CellRow extends CsvRow {
  cell: ManifestRow;
  /** The cell's place in the manifest. */
  place: number;
}

/** {@link readRows}, joined to the manifest by file name. @throws DataProblem for a cell that the manifest has not, too */
export function readCellRows(file: string, columns: readonly string[] | undefined, manifest: readonly ManifestRow[]) {
  const places = new Map(manifest.map((row, index) => [row.file, index]));
  return readRows(file, columns).map((row): CellRow => {
    const name = row.texts.file ?? "";
    const place = places.get(name) ?? row.fail(`the manifest has no cell “${name}”`);
    return {...row, place, cell: manifest[place]!};
  });
}

/** @throws DataProblem naming the first cell of these folds that has no row, by its place in the manifest */
export function checkComplete(
  file: string,
  manifest: readonly ManifestRow[],
  folds: ReadonlySet<number>,
  has: (place: number) => boolean
): void {
  const missing = manifest.find(({fold}, place) => folds.has(fold) && !has(place));
  if (!missing) return;
  throw new DataProblem(file, `fold ${missing.fold} is incomplete: there is no row for “${missing.file}”`);
}

/** An object of which nothing is known yet. */
export type Json = Record<string, unknown>;

/** Reads a JSON file that must hold an object. @throws DataProblem when it is missing, is not JSON, or holds another thing */
export function readJson(file: string): Json {
  if (!existsSync(file)) throw new DataProblem(file, "the file does not exist; train and export the model first");
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new DataProblem(file, `this is not JSON (${(error as Error).message})`);
  }
  if (!isObject(value)) throw new DataProblem(file, "there must be an object");
  return value;
}

/** Whether a value is a plain object. */
export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads a JSON file and checks what it holds. @throws DataProblem naming the file and the first thing that is not as described */
export function readChecked<Schema extends GenericSchema>(file: string, schema: Schema): InferOutput<Schema> {
  return check(schema, readJson(file), (sentence) => {
    throw new DataProblem(file, sentence);
  });
}
