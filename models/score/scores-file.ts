import {appendFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync} from "node:fs";
import {csvParseRows} from "d3-dsv";
import {toCsv} from "../../src/components/ui/csv.js";
import type {Row} from "../../src/components/ui/csv.js";
import {COLUMNS} from "./scorer.js";
import type {Scored} from "./scorer.js";

/** The file of scores while it is written. */
export interface ScoresFile {
  /** What an earlier run that was killed had written, which stands; the next to append comes after it. */
  kept: Scored[];
  append(scored: Scored): void;
  /** Says that all rows are there. */
  end(): void;
}

/**
 * Opens a file of scores. Until it ends, a run keeps beside it, in `FILE.run`, what it scores and which rows are of files that
 * could not be read; where that is of the same run, the
 * rows that came whole are kept, else the file is begun anew.
 * @param run what tells a run from others: the networks' hashes and the paths of all files, in their order
 */
export function openScores(
  file: string,
  run: {networks: Record<string, string>; paths: readonly string[]}
): ScoresFile {
  const beside = `${file}.run`;
  const told = JSON.stringify(run);
  const [before, ...unread] = existsSync(file) && existsSync(beside) ? readFileSync(beside, "utf8").split("\n") : [];
  const kept = before === told ? wholeRows(file) : [];
  if (kept.length === 0) {
    writeFileSync(file, HEADER);
    writeFileSync(beside, told);
  }
  let rows = kept.length;
  return {
    kept: kept.map((row, n) => ({row, isRead: !unread.includes(`${n}`)})),
    append({row, isRead}) {
      if (!isRead) appendFileSync(beside, `\n${rows}`);
      rows += 1;
      appendFileSync(file, toCsv([row], COLUMNS).slice(HEADER.length));
    },
    end: () => rmSync(beside)
  };
}

const HEADER = toCsv([], COLUMNS);

/** Cuts off what of the file's last row did not come whole. @returns the rows before it */
function wholeRows(file: string): Row[] {
  const content = readFileSync(file);
  const text = content.toString("latin1");
  if (!text.startsWith(HEADER)) return [];
  let [end, isQuoted] = [0, false];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') isQuoted = !isQuoted;
    else if (text[at] === "\n" && !isQuoted) end = at + 1;
  }
  truncateSync(file, end);
  const [, ...rows] = csvParseRows(content.subarray(0, end).toString());
  return rows.map((values) => Object.fromEntries(COLUMNS.map((column, index) => [column, values[index] || null])));
}
