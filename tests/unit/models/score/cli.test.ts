import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {csvParse} from "d3-dsv";
import {afterAll, beforeAll, expect, test} from "vitest";
import {SAMPLES, score} from "./run-score.js";

// The command itself, on the sample cells.
let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "score-"))));
afterAll(() => rmSync(folder, {recursive: true}));

test("scores a list, one row a file; a run that was killed goes on and gives the same file; unreadable files end it with 1", async () => {
  const names = [
    "C108P69ThinF_IMG_20150924_225511_cell_184.png",
    "C99P60ThinF_IMG_20150918_140900_cell_139.png",
    "gone.png",
    "C97P58ThinF_IMG_20150917_151551_cell_179.png"
  ];
  const list = join(folder, "list.csv");
  const paths = Array.from({length: 28}, (_, n) => `${process.cwd()}/${SAMPLES}/${names[n % 4]!}`);
  writeFileSync(list, ["path", ...paths].join("\n"));
  const [whole, killed] = ["whole.csv", "killed.csv"].map((name) => join(folder, name)) as [string, string];
  expect(await score([list, "--out", whole])).toMatchObject({
    code: 1,
    said: expect.stringMatching(/21 answered, 0 refused as no such cell, 7 not read[^]*28 files in .* a second on/)
  });
  const rows = csvParse(readFileSync(whole, "utf8"));
  expect(rows.columns.join()).toBe("file,path,sha256,called,p_resnet34,p_student,calibrated,caution,refused");
  expect(rows.map(({path}) => path)).toEqual(paths);
  expect(rows[0]).toMatchObject({file: names[0], called: "parasitized", refused: ""});
  expect(Number(rows[0]!.p_resnet34)).toBeCloseTo(0.9708146, 6);
  expect(rows[2]).toMatchObject({called: "", p_resnet34: "", refused: expect.stringMatching(/cannot be read.*ENOENT/)});
  const first = await score([list, "--out", killed], {file: killed, bytes: 500});
  expect(first.code).toBeNull();
  expect(existsSync(`${killed}.run`)).toBe(true);
  const before = readFileSync(killed, "utf8");
  expect(before.length).toBeGreaterThan(500);
  expect(before.length).toBeLessThan(readFileSync(whole, "utf8").length);
  expect((await score([list, "--out", killed])).code).toBe(1);
  expect(readFileSync(killed, "utf8")).toBe(readFileSync(whole, "utf8"));
});

test("what cannot be scored ends with 2 and a sentence", async () => {
  expect(await score([])).toMatchObject({code: 2, said: expect.stringContaining("Say what to score: npm run score")});
  expect(await score([join(folder, "none")])).toMatchObject({code: 2, said: expect.stringContaining("There is no")});
  writeFileSync(join(folder, "none.csv"), "path\n");
  expect(await score([join(folder, "none.csv")])).toMatchObject({
    code: 2,
    said: expect.stringContaining("holds no files to score")
  });
});
