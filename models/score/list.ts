import {createHash} from "node:crypto";
import {dirname, resolve} from "node:path";
import {asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects} from "hyparquet";
import {messageOf} from "../../src/components/image/refusal.js";
import {csvRows} from "./csv-rows.js";
import {inMemory, onDisk} from "./scored-file.js";
import type {ScoredFile} from "./scored-file.js";

/** A stretch of a list. */
export interface Part {
  /** The byte at which its first row starts, in a CSV file; 0 reads from the top. */
  byte: number;
  /** How many files of the list, or from that byte on, come before it. */
  skip: number;
  /** How many files it has. */
  count: number;
}

/** What one reading of a list tells. */
export interface Survey {
  count: number;
  /** sha256 of the paths in their order. */
  identity: string;
  /** The list in parts of one size; the last may be smaller. */
  parts: Part[];
}

/** Whether a file is read as a list of files. */
export const isList = (file: string) => /\.(csv|parquet)$/i.test(file);
const isCsv = (file: string) => /\.csv$/i.test(file);

/**
 * Reads a list of files, `.csv` or `.parquet`: its column `path`, or `file`, or else the first one; relative to the list. A
 * column `place` says where a file lies that is called something else, and one of `bytes` (Parquet only) holds its content.
 * One row of a CSV file, one row group of a Parquet file is in memory at a time.
 * @throws Error with a sentence that says what to do
 */
export async function* readList(list: string, part: Partial<Part> = {}): AsyncGenerator<ScoredFile> {
  const {byte = 0, skip = 0, count = Infinity} = part;
  let place = isCsv(list) ? -skip : 0;
  for await (const {file} of isCsv(list) ? csvFiles(list, byte) : parquetFiles(list, {skip, count})) {
    if (place >= count) return;
    if (place++ >= 0) yield file();
  }
}

/** Reads a list to its end, as {@link readList} does, opening no file. @param size files a part */
export async function surveyList(list: string, size = Infinity): Promise<Survey> {
  const hash = createHash("sha256");
  const parts: Part[] = [];
  let count = 0;
  for await (const {path, start} of isCsv(list) ? csvFiles(list) : parquetFiles(list, {withBytes: false})) {
    if (count % size === 0) parts.push({byte: start, skip: isCsv(list) ? 0 : count, count: 0});
    parts.at(-1)!.count += 1;
    count += 1;
    hash.update(`${JSON.stringify(path)}\n`);
  }
  return {count, identity: hash.digest("hex"), parts};
}

interface Listed {
  path: string;
  /** The byte at which its row starts. */
  start: number;
  file: () => ScoredFile;
}

const columnOf = (names: readonly string[]) => ["path", "file"].find((name) => names.includes(name));

async function* csvFiles(list: string, from = 0): AsyncGenerator<Listed> {
  const [names = [], end = 0] = await firstRow(list);
  const named = columnOf(names);
  const [column, places] = named === undefined ? [0, -1] : [names.indexOf(named), names.indexOf("place")];
  let start = from > 0 || named === undefined ? from : end;
  for await (const {values, end: next} of csvRows(list, start)) {
    const path = values[column];
    if (path) yield {path, start, file: () => onDisk(path, resolve(dirname(list), values[places] ?? path))};
    start = next;
  }
}

async function firstRow(list: string): Promise<[string[], number] | []> {
  for await (const {values, end} of csvRows(list)) return [values, end];
  return [];
}

async function* parquetFiles(list: string, {skip = 0, count = Infinity, withBytes = true}): AsyncGenerator<Listed> {
  const why = "Write it with Snappy or without compression, or give a CSV file.";
  const orRefused = <T>(task: Promise<T>) =>
    task.catch((error: unknown) => {
      throw new Error(`${list} cannot be read as a Parquet list (${messageOf(error)}). ${why}`);
    });
  const source = await orRefused(asyncBufferFromFile(list));
  const metadata = await orRefused(parquetMetadataAsync(source));
  const names = metadata.schema.filter(({type}) => type !== undefined).map(({name}) => name);
  const column = columnOf(names) ?? names.find((name) => name !== "bytes");
  const wanted = [column, "place", withBytes && "bytes"].filter((name) => name && names.includes(name)) as string[];
  let start = 0;
  for (const {num_rows: rows} of metadata.row_groups) {
    const [rowStart, rowEnd] = [Math.max(start, skip), Math.min(start + Number(rows), skip + count)];
    start += Number(rows);
    if (rowStart >= rowEnd) continue;
    const window = {rowStart, rowEnd, columns: wanted, utf8: false};
    const group = await orRefused(parquetReadObjects({file: source, metadata, ...window}));
    for (const [n, row] of group.entries()) {
      const path = (column && text(row[column])) || `row ${rowStart + n}`;
      const place = resolve(dirname(list), text(row.place) || path);
      yield {path, start: 0, file: () => (row.bytes ? inMemory(path, row.bytes as Uint8Array) : onDisk(path, place))};
    }
  }
}

const text = (value: unknown) => (value instanceof Uint8Array ? new TextDecoder().decode(value) : (value as string));
