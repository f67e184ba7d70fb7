import {createHash} from "node:crypto";
import {appendFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync} from "node:fs";
import {csvFormatRows} from "d3-dsv";
import {messageOf} from "../../src/components/image/refusal.js";
import {toCsv} from "../../src/components/ui/csv.js";
import type {Row} from "../../src/components/ui/csv.js";
import {csvRows} from "./csv-rows.js";
import {COLUMNS} from "./scorer.js";
import type {Scored} from "./scorer.js";
import {formatOf, writeTable} from "./table-file.js";

/** How many files were answered, refused as no such cell, and not read. */
export interface Tally {
  answered: number;
  outside: number;
  unread: number;
}

/** The file of scores while it is written. */
export interface ScoresFile {
  /** How many rows an earlier run that was killed had written, which stand; the next to append comes after them. */
  kept: number;
  /** What became of all files so far. */
  tally: Tally;
  append(scored: Scored): void;
  /** Says that all rows are there. */
  end(): Promise<void>;
}

/** What tells a run from others. */
export interface Run {
  /** Hashes of the networks' metadata. */
  networks: Record<string, string>;
  /** Of the files that are scored, as `openFiles` tells it. */
  identity: string;
}

/** The networks of which a run's scores are. */
export function networksOfRun(): Run["networks"] {
  const hash = (name: string) =>
    createHash("sha256")
      .update(readFileSync(`models/${name}/metadata.json`))
      .digest("hex");
  return {resnet34: hash("resnet34"), student: hash("student")};
}

/**
 * Opens a file of scores: `.csv`, or `.parquet` or `.arrow`, whose rows lie in `FILE.rows` until all are there. Until it ends, a
 * run keeps beside it, in `FILE.run`, what it scores and which rows are of files that could not be read; where that is of the
 * same run, the rows that came whole are kept, else the file is begun anew.
 */
export async function openScores(file: string, run: Run): Promise<ScoresFile> {
  const [place, toText] = formatOf(file) === "csv" ? [file, toCsv] : [`${file}.rows`, toPlainCsv];
  const beside = `${file}.run`;
  const told = JSON.stringify(run);
  const marks = existsSync(place) && existsSync(beside) ? readFileSync(beside, "utf8").split("\n") : [];
  const unread = new Set(marks.slice(1, -1));
  const header = toText([], COLUMNS);
  const tally: Tally = {answered: 0, outside: 0, unread: 0};
  let rows = 0;
  if (marks[0] === told) {
    const before = await wholeRows(place, (row) => (tally[whatOf(row, !unread.has(`${rows++}`))] += 1));
    truncateSync(place, before);
  }
  const standing = [...unread].filter((row) => Number(row) < rows);
  if (rows === 0) writeFileSync(place, header);
  writeFileSync(beside, [told, ...standing, ""].join("\n"));
  return {
    kept: rows,
    tally,
    append({row, isRead}) {
      if (!isRead) appendFileSync(beside, `${rows}\n`);
      appendFileSync(place, toText([row], COLUMNS).slice(header.length));
      rows += 1;
      tally[whatOf(row, isRead)] += 1;
    },
    async end() {
      if (place !== file) {
        await writeTable(file, keptRows(place));
        rmSync(place);
      }
      rmSync(beside);
    }
  };
}

/** Says why scoring stopped. */
export function whyStopped(error: unknown): string {
  const isFull = (error as NodeJS.ErrnoException).code === "ENOSPC";
  return isFull
    ? "The disk is full. Make room and start the command again: it goes on where it stopped."
    : messageOf(error);
}

const whatOf = ({refused}: Row, isRead: boolean): keyof Tally =>
  !refused ? "answered" : isRead ? "outside" : "unread";

/** Like `toCsv`, but for the guard against formulas: a table that no spreadsheet opens has texts as they are. */
const toPlainCsv: typeof toCsv = (rows, columns = []) =>
  csvFormatRows([[...columns], ...rows.map((row) => columns.map((column) => `${row[column] ?? ""}`))]) + "\n";

/** @returns the byte after the last row that came whole */
async function wholeRows(file: string, onRow: (row: Row) => void): Promise<number> {
  let end = 0;
  for await (const {row, isWhole, ...at} of rowsOf(file)) {
    if (!isWhole || (end === 0 && row)) break;
    end = at.end;
    if (row) onRow(row);
  }
  return end;
}

async function* keptRows(file: string): AsyncGenerator<Row> {
  for await (const {row} of rowsOf(file)) if (row) yield row;
}

/** Rows of a file of scores, none for its header. */
async function* rowsOf(file: string): AsyncGenerator<{row: Row | null; end: number; isWhole: boolean}> {
  for await (const {values, ...at} of csvRows(file)) {
    const isHeader = values.join() === COLUMNS.join();
    const row = Object.fromEntries(COLUMNS.map((column, index) => [column, values[index] || null]));
    yield {row: isHeader ? null : row, ...at};
  }
}
