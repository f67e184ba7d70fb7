import {appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {csvParse} from "d3-dsv";
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
const run = {networks: {resnet34: "0a", student: "0b"}, paths};
const scored = paths.map((path, n) => ({
  row: {
    ...{
      file: path,
      path,
      sha256: "aa",
      called: n ? null : "parasitized",
      p_resnet34: n ? null : 0.972_832_858_562_469_5
    },
    ...{p_student: null, calibrated: null, caution: null, refused: n ? "Refused." : null}
  },
  isRead: n !== 1
}));

function whole(): string {
  const scores = openScores(file, run);
  expect(scores.kept).toEqual([]);
  scored.forEach(scores.append);
  scores.end();
  expect(existsSync(`${file}.run`)).toBe(false);
  return readFileSync(file, "utf8");
}

test("a run that was killed at any byte goes on to the very file of one that was not", () => {
  const expected = whole();
  expect(csvParse(expected).map(({path}) => path)).toEqual(["a/é.png", "'=b.png", 'c "1",\n2.png']);
  const length = Buffer.byteLength(expected);
  for (let cut = length; cut >= 0; cut -= 7) {
    const killed = openScores(file, run);
    scored.slice(killed.kept.length).forEach(killed.append);
    truncateSync(file, cut);
    const again = openScores(file, run);
    expect(again.kept.map(({isRead}) => isRead)).toEqual([true, false, true].slice(0, again.kept.length));
    scored.slice(again.kept.length).forEach(again.append);
    again.end();
    expect(readFileSync(file, "utf8"), `cut at ${cut} of ${length}`).toBe(expected);
  }
});

test("other files, or other networks, begin anew, and so does what was finished", () => {
  for (const other of [
    {...run, paths: paths.slice(1)},
    {...run, networks: {...run.networks, student: "0c"}}
  ]) {
    openScores(file, run).append(scored[0]!);
    expect(openScores(file, run).kept.length).toBe(1);
    expect(openScores(file, other).kept).toEqual([]);
    expect(csvParse(readFileSync(file, "utf8")).length).toBe(0);
  }
  whole();
  expect(openScores(file, run).kept).toEqual([]);
  appendFileSync(file, "half a row");
  expect(openScores(file, run).kept).toEqual([]);
});
