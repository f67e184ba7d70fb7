import {readFileSync} from "node:fs";
import {describe, expect, it} from "vitest";
import {makeReport} from "../../../../models/report/report.js";
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

describe("the shipped report", () => {
  it("is what its scores give, to the last byte", {timeout: 300_000}, () => {
    expect(JSON.stringify(makeReport("resnet34"), null, 1) + "\n").toBe(text("report.json"));
  });

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
