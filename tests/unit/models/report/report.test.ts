import {existsSync, readFileSync, readdirSync} from "node:fs";
import {describe, expect, it} from "vitest";
import {digestInputs} from "../../../../models/report/report.js";
import type {Report} from "../../../../models/report/report.js";
import {readManifest} from "../../../../src/data/loaders/manifest.js";

const shipped = "models/resnet34";
const parse = <T>(file: string) => JSON.parse(readFileSync(`${shipped}/${file}`, "utf8")) as T;
const readRows = (name: string, file: string) =>
  readFileSync(`models/${name}/${file}`, "utf8")
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",") as [file: string, label: string, patient: string, fold: string, p: string]);

interface Split {
  folds: {fold: number; train: string[]; validation: string[]; test: string[]}[];
}

const models = readdirSync("models").filter((name) => existsSync(`models/${name}/predictions.csv`));

describe("every report", () => {
  it.each(models)("of %s was computed from the scores that lie beside it", (name) => {
    const {inputs} = JSON.parse(readFileSync(`models/${name}/report.json`, "utf8")) as Report;
    expect(inputs, `run npm run report -- ${name}`).toBe(digestInputs(`models/${name}`));
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
});

const files = readManifest()
  .map(({file}) => file)
  .sort();
const fiveFolds = models.filter((name) => name !== "random-split");

describe.each(fiveFolds)("the scores of %s", (name) => {
  const predictions = readRows(name, "predictions.csv");

  it("are of every cell, each once", () => {
    expect(predictions).toHaveLength(27_558);
    expect(predictions.map(([file]) => file).sort()).toEqual(files);
    for (const [file, , , , p] of predictions) expect(p !== "" && Number(p) >= 0 && Number(p) <= 1, file).toBe(true);
  });

  it("come from networks that saw no patient they are tested or chosen on", () => {
    const {folds} = JSON.parse(readFileSync("src/data/cells/split.json", "utf8")) as Split;
    const parts = new Map(folds.map(({fold, ...part}) => [fold, part]));
    for (const [part, scored] of [
      ["test", predictions],
      ["validation", readRows(name, "validation.csv")]
    ] as const) {
      for (const [, , patient, fold] of scored) {
        const {train, validation, test} = parts.get(Number(fold))!;
        const others = part === "test" ? validation : test;
        expect({test, validation}[part].includes(patient), `${part}: ${patient}`).toBe(true);
        expect(train.includes(patient) || others.includes(patient), `${part}: ${patient}`).toBe(false);
      }
    }
  });
});
