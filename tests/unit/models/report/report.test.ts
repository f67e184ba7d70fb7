import {execFile} from "node:child_process";
import {existsSync, readFileSync, readdirSync} from "node:fs";
import {promisify} from "node:util";
import {describe, expect, it} from "vitest";
import {readManifest} from "../../../../src/data/loaders/manifest.js";

const shipped = "models/resnet34";
const text = (file: string) => readFileSync(`${shipped}/${file}`, "utf8");
const parse = <T>(file: string) => JSON.parse(text(file)) as T;
const rows = (file: string) =>
  text(file)
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",") as [file: string, label: string, patient: string, fold: string, p: string]);

interface Split {
  folds: {fold: number; train: string[]; validation: string[]; test: string[]}[];
}

const models = readdirSync("models").filter((name) => existsSync(`models/${name}/predictions.csv`));
const check = (name: string) =>
  promisify(execFile)(process.execPath, ["--import", "tsx", "models/report/cli.ts", name, "--check"]);

describe("every report", () => {
  it.each(models)("of %s is what its scores give, to the last byte", {timeout: 600_000}, async (name) => {
    const {stdout} = await check(name);
    expect(stdout).toMatch(/^fold \d: accuracy/);
  });

  it("is asked for where scores have none", {timeout: 60_000}, async () => {
    await expect(check("no-such-model")).rejects.toThrow(/no-such-model/);
  });
});

describe("the shipped report", () => {
  it("stands in metadata.json for the shipped fold", () => {
    const metadata = parse<{split: {testFold: number}; threshold: number; figures: unknown}>("metadata.json");
    const report = parse<{folds: {fold: number; operatingPoint: {threshold: number}; figures: unknown}[]}>(
      "report.json"
    );
    const own = report.folds.find(({fold}) => fold === metadata.split.testFold)!;
    expect(metadata.threshold).toBe(own.operatingPoint.threshold);
    expect(metadata.figures).toEqual(own.figures);
  });

  it("tests and chooses on patients whom the split sets aside for that", () => {
    const {folds} = JSON.parse(readFileSync("src/data/cells/split.json", "utf8")) as Split;
    const parts = new Map(folds.map(({fold, ...part}) => [fold, part]));
    for (const [, , patient, fold] of rows("predictions.csv")) {
      const {train, validation, test} = parts.get(Number(fold))!;
      expect(test.includes(patient) && !train.includes(patient) && !validation.includes(patient)).toBe(true);
    }
    for (const [, , patient, fold] of rows("validation.csv")) {
      const {train, validation, test} = parts.get(Number(fold))!;
      expect(validation.includes(patient) && !train.includes(patient) && !test.includes(patient)).toBe(true);
    }
  });

  it("has a score for every cell of every tested fold", () => {
    const scored = rows("predictions.csv");
    const folds = new Set(scored.map(([, , , fold]) => Number(fold)));
    expect(folds.has(0)).toBe(true);
    const expected = readManifest().filter(({fold}) => folds.has(fold));
    expect(scored.map(([file]) => file).sort()).toEqual(expected.map(({file}) => file).sort());
    for (const [file, , , , p] of scored) {
      expect(Number(p) >= 0 && Number(p) <= 1 && p !== "", file).toBe(true);
    }
  });
});
