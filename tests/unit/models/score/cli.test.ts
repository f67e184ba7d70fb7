import {execFile, execFileSync, spawn} from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  watch,
  writeFileSync
} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {promisify} from "node:util";
import {csvParse} from "d3-dsv";
import {afterAll, beforeAll, expect, test} from "vitest";

// The command itself, on the sample cells.
const SAMPLES = "src/data/samples/classify";
let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "score-"))));
afterAll(() => rmSync(folder, {recursive: true}));

/** Runs the command. @param until kills it once the file of scores has more than so many bytes */
function score(args: string[], until?: {file: string; bytes: number}): Promise<{code: number | null; said: string}> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["--import", "tsx", "models/score/cli.ts", ...args]);
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (said += text.toString()));
    const watcher =
      until &&
      watch(folder, () => {
        if (existsSync(until.file) && readFileSync(until.file).length > until.bytes) child.kill("SIGKILL");
      });
    child.on("close", (code) => {
      watcher?.close();
      resolve({code, said});
    });
  });
}

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

test("a list of a million names is read in less memory than they take", async () => {
  const list = join(folder, "million.csv");
  const name = (n: number) => `/slides/of/patient-${n % 1000}/${"a".repeat(80)}/cell_${n}.png\n`;
  for (let from = 0; from < 1_000_000; from += 50_000) {
    appendFileSync(list, Array.from({length: 50_000}, (_, n) => name(from + n)).join(""));
  }
  const code = `
    import {openFiles} from "./models/score/files.ts";
    const {count, files} = await openFiles(${JSON.stringify(list)});
    let last = "";
    for await (const {path} of files(999_990)) last = path;
    console.log(count, last);`;
  const flags = ["--max-old-space-size=64", "--import", "tsx", "--input-type=module", "--eval", code];
  const {stdout} = await promisify(execFile)(process.execPath, flags);
  expect(stdout.trim()).toBe(`1000000 ${name(999_999).trim()}`);
  expect(statSync(list).size).toBeGreaterThan(100e6);
  rmSync(list);
});

// As root on Linux only, where a disk of 32 kB can be had.
test.runIf(process.platform === "linux" && process.getuid?.() === 0)(
  "a full disk ends it with a sentence; with room made, it goes on to the whole file",
  async () => {
    const small = join(folder, "small");
    mkdirSync(small);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=32k", "tmpfs", small]);
    try {
      const list = join(folder, "many.csv");
      const sample = `${process.cwd()}/${SAMPLES}/C97P58ThinF_IMG_20150917_151551_cell_179.png`;
      writeFileSync(list, `${sample}\n`.repeat(60));
      const [full, whole] = [join(small, "scores.csv"), join(folder, "all.csv")];
      writeFileSync(join(small, "ballast"), Buffer.alloc(16_000));
      expect(await score([list, "--out", full])).toMatchObject({
        code: 2,
        said: expect.stringContaining("The disk is full. Make room and start the command again")
      });
      expect(existsSync(`${full}.run`)).toBe(true);
      rmSync(join(small, "ballast"));
      execFileSync("mount", ["-o", "remount,size=1m", small]);
      expect((await score([list, "--out", full])).code).toBe(0);
      expect((await score([list, "--out", whole])).code).toBe(0);
      expect(readFileSync(full, "utf8")).toBe(readFileSync(whole, "utf8"));
    } finally {
      execFileSync("umount", [small]);
    }
  }
);

test("what cannot be scored ends with 2 and a sentence", async () => {
  expect(await score([])).toMatchObject({code: 2, said: expect.stringContaining("Say what to score: npm run score")});
  expect(await score([join(folder, "none")])).toMatchObject({code: 2, said: expect.stringContaining("There is no")});
  writeFileSync(join(folder, "none.csv"), "path\n");
  expect(await score([join(folder, "none.csv")])).toMatchObject({
    code: 2,
    said: expect.stringContaining("holds no files to score")
  });
});
