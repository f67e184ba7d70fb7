import {execFile, execFileSync} from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {promisify} from "node:util";
import {afterAll, beforeAll, expect, test} from "vitest";
import {SAMPLES, score} from "./run-score.js";

// What the command does at the ends of memory and of the disk.
let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "score-"))));
afterAll(() => rmSync(folder, {recursive: true}));

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
