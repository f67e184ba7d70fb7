import {appendFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {tableFromIPC} from "@uwdata/flechette";
import {csvParse} from "d3-dsv";
import {asyncBufferFromFile, parquetReadObjects} from "hyparquet";
import {afterEach, beforeEach, expect, test} from "vitest";
import {openScores} from "../../../../models/score/scores-file.js";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "scores-"));
  file = join(folder, "scores.csv");
});
afterEach(() => rmSync(folder, {recursive: true}));

const paths = ["a/é.png", "=b.png", 'c "1",\n2.png'];
const run = {networks: {resnet34: "0a", student: "0b"}, identity: "0c"};
const scored = paths.map((path, n) => ({
  row: {
    file: path,
    path,
    sha256: "aa",
    called: n ? null : "parasitized",
    p_resnet34: n ? null : 0.972_832_858_562_469_5,
    p_student: null,
    calibrated: null,
    caution: null,
    refused: n ? "Refused." : null
  },
  isRead: n !== 1
}));

async function whole(): Promise<string> {
  const scores = await openScores(file, run);
  expect(scores.kept).toBe(0);
  scored.forEach(scores.append);
  expect(scores.tally).toEqual({answered: 1, outside: 1, unread: 1});
  await scores.end();
  expect(existsSync(`${file}.run`)).toBe(false);
  return readFileSync(file, "utf8");
}

test("a run that was killed at any byte goes on to the very file of one that was not", async () => {
  const expected = await whole();
  expect(csvParse(expected).map(({path}) => path)).toEqual(["a/é.png", "'=b.png", 'c "1",\n2.png']);
  const length = Buffer.byteLength(expected);
  for (let cut = length; cut >= 0; cut -= 7) {
    const killed = await openScores(file, run);
    scored.slice(killed.kept).forEach(killed.append);
    truncateSync(file, cut);
    const again = await openScores(file, run);
    const kept = {answered: Number(again.kept > 0), unread: Number(again.kept > 1), outside: Number(again.kept > 2)};
    expect(again.tally).toEqual(kept);
    scored.slice(again.kept).forEach(again.append);
    await again.end();
    expect(readFileSync(file, "utf8"), `cut at ${cut} of ${length}`).toBe(expected);
  }
});

test("other files, or other networks, begin anew, and so does what was finished", async () => {
  for (const other of [
    {...run, identity: "0d"},
    {...run, networks: {...run.networks, student: "0c"}}
  ]) {
    (await openScores(file, run)).append(scored[0]!);
    expect((await openScores(file, run)).kept).toBe(1);
    expect((await openScores(file, other)).kept).toBe(0);
    expect(csvParse(readFileSync(file, "utf8")).length).toBe(0);
  }
  await whole();
  expect((await openScores(file, run)).kept).toBe(0);
  appendFileSync(file, "half a row");
  expect((await openScores(file, run)).kept).toBe(0);
});

test.each(["parquet", "arrow"])(
  "%s has the rows as they are, once all are there, also after a kill",
  async (format) => {
    file = join(folder, `scores.${format}`);
    (await openScores(file, run)).append(scored[0]!);
    const again = await openScores(file, run);
    expect(again.kept).toBe(1);
    expect(existsSync(file)).toBe(false);
    scored.slice(1).forEach(again.append);
    await again.end();
    expect(await rowsOf(file)).toEqual(scored.map(({row}) => row));
    expect(readdirSync(folder)).toEqual([`scores.${format}`]);
  }
);

async function rowsOf(table: string): Promise<unknown> {
  if (table.endsWith(".parquet")) return parquetReadObjects({file: await asyncBufferFromFile(table)});
  return tableFromIPC(readFileSync(table)).toArray();
}
