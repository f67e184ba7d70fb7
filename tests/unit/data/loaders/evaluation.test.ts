import {mkdirSync, readFileSync, writeFileSync} from "node:fs";
import path from "node:path";
import {expect, test} from "vitest";
import {readEvaluation, readModelScores} from "../../../../src/data/loaders/evaluation.js";
import {readManifest} from "../../../../src/data/loaders/manifest.js";
import {modelTitles} from "../../../../src/data/loaders/model-titles.js";
import {perLabelSet} from "../../../../src/data/shapes/evaluation.js";
import {makeDirectory, writeManifest} from "./fixture.js";

const manifest = readManifest(writeManifest());
const folds = [...new Set(manifest.map(({fold}) => fold))].sort();
const figures = {accuracy: {estimate: 0.9, low: 0.8, high: 0.95}};
const sets = {original: {figures}, undisputed: {figures}, corrected: {figures}};

/** Writes scores and report of a model for some folds into a folder below `parent`. */
function writeModel(parent: string, name: string, tested: readonly number[]): string {
  const directory = path.join(parent, name);
  mkdirSync(directory);
  const rows = manifest.filter(({fold}) => tested.includes(fold));
  const lines = rows.map(({file, label, patient, fold}, i) => [file, label, patient, fold, `0.${i + 1}`].join());
  writeFileSync(
    path.join(directory, "predictions.csv"),
    ["file,label,patient,fold,p_parasitized", ...lines].join("\n")
  );
  const report = {
    draws: 2000,
    seed: 7,
    pooled: tested.length > 1 ? sets : null,
    folds: tested.map((fold) => ({
      fold,
      figures: sets,
      operatingPoint: {threshold: 0.2 + fold / 10, temperature: 1, abstain: [0.1, 0.2], rule: ""}
    }))
  };
  writeFileSync(path.join(directory, "report.json"), JSON.stringify(report));
  const bands = ["all", ...tested].map((group) => [group, perLabelSet((set) => ({roc: `${name} ${group} ${set}`}))]);
  writeFileSync(path.join(directory, "bands.json"), JSON.stringify(Object.fromEntries(bands)));
  return directory;
}

test("one model of one fold has the same figures alone and as all, and the bands that npm run report stored", () => {
  const parent = makeDirectory();
  const directory = writeModel(parent, "resnet34", [folds[0]!]);
  const {models, seed} = readEvaluation(manifest, directory);
  expect(seed).toBe(7);
  expect(models.map(({name}) => name)).toEqual(["resnet34"]);
  const [group, alone] = models[0]!.groups;
  expect(models[0]!.groups).toHaveLength(2);
  expect(alone).toEqual({...group, fold: String(folds[0])});
  expect(group).toMatchObject({fold: "all", threshold: 0.2 + folds[0]! / 10, figures: {original: figures}});
  const {bands} = readModelScores(manifest, "resnet34", parent)!;
  expect(bands.all!.original.roc).toBe("resnet34 all original");
  expect(Object.keys(bands).sort()).toEqual([String(folds[0]), "all"]);
});

test("further folds and further models appear by themselves; folders without scores do not", () => {
  const parent = makeDirectory();
  const directory = writeModel(parent, "resnet34", folds);
  writeModel(parent, "colour", [folds[0]!]);
  mkdirSync(path.join(parent, "training"));
  const {models} = readEvaluation(manifest, directory);
  expect(models.map(({name, title}) => [name, title])).toEqual([
    ["resnet34", "ResNet-34"],
    ["colour", "Colour alone (logistic regression)"]
  ]);
  expect(folds.length).toBeGreaterThan(1);
  expect(models[0]!.groups.map(({fold, threshold}) => [fold, threshold])).toEqual([
    ["all", null],
    ...folds.map((fold) => [String(fold), 0.2 + fold / 10])
  ]);
  expect(readModelScores(manifest, "resnet34", parent)!.scores).toHaveLength(manifest.length);
  expect(readModelScores(manifest, "small-cnn", parent)).toBeNull();
  expect(models[1]!.discordant.original.shared).toBe(manifest.filter(({fold}) => fold === folds[0]).length);
  expect(models.map(({met}) => met)).toEqual([0, 0]);
});

test("what two models answer differently is counted on the cells they share", () => {
  const parent = makeDirectory();
  const directory = writeModel(parent, "resnet34", folds);
  writeModel(parent, "colour", folds);
  const file = path.join(parent, "colour", "predictions.csv");
  const [head, ...rows] = readFileSync(file, "utf8").split("\n");
  // Scores are 0.1, 0.2, …, so 0.9 turns the first answer and leaves the others.
  writeFileSync(file, [head, rows[0]!.replace(/[^,]*$/, "0.9"), ...rows.slice(1)].join("\n"));
  const right = manifest[0]!.label === "parasitized";
  const {original, undisputed} = readEvaluation(manifest, directory).models[1]!.discordant;
  expect(original).toEqual({shared: manifest.length, onlyFirst: Number(!right), onlySecond: Number(right)});
  expect(undisputed.shared).toBe(manifest.filter(({disputed}) => !disputed).length);
});

test("a folder that the page does not know is named; the page fetches every model that may be", () => {
  const parent = makeDirectory();
  const directory = writeModel(parent, "resnet34", folds);
  writeModel(parent, "crystal-ball", folds);
  expect(() => readEvaluation(manifest, directory)).toThrow(/crystal-ball: the evaluation page knows no model/);
  const page = readFileSync("src/pages/evaluation.md", "utf8");
  for (const name of Object.keys(modelTitles)) {
    expect(page).toContain(`FileAttachment("../data/scores/${name}.json")`);
  }
});

test("bands that npm run report has not drawn are named", () => {
  const parent = makeDirectory();
  const directory = writeModel(parent, "resnet34", folds);
  writeFileSync(path.join(directory, "bands.json"), JSON.stringify({all: {original: {}, undisputed: {}}}));
  expect(() => readModelScores(manifest, "resnet34", parent)).toThrow(
    /bands\.json: there are no bands of “all”; run npm run report/
  );
});
