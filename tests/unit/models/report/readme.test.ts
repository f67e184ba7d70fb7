import {readFileSync} from "node:fs";
import {describe, expect, it} from "vitest";
import {fillReadme} from "../../../../models/report/readme.js";
import type {Report} from "../../../../models/report/report.js";
import {readManifest} from "../../../../src/data/loaders/manifest.js";

const readme = readFileSync("README.md", "utf8");
const parse = <T>(file: string) => JSON.parse(readFileSync(file, "utf8")) as T;
const report = parse<Report>("models/resnet34/report.json");
const metadata = parse<{split: {testFold: number}; recipe: {size: number; epochs: number; frozenEpochs: number}}>(
  "models/resnet34/metadata.json"
);

describe("the README", () => {
  it("shows the figures of the report", () => {
    expect(fillReadme(readme, report, metadata.split.testFold)).toBe(readme);
  });

  it("says how many patients, cells and pixels the recipe had", () => {
    const {folds} = parse<{folds: {fold: number; train: string[]; validation: string[]; test: string[]}[]}>(
      "src/data/cells/split.json"
    );
    const {train, validation, test} = folds.find(({fold}) => fold === metadata.split.testFold)!;
    const text = readme.replace(/\s+/g, " ");
    expect(text).toContain(`learnt from ${train.length} patients`);
    expect(text).toContain(`chosen on ${validation.length} other training patients`);
    expect(text).toContain(`come from ${test.length} patients`);
    const manifest = readManifest();
    const disputed = manifest.filter((row) => row.disputed).length;
    expect(text).toContain(`${manifest.length.toLocaleString("en")} blood cells`);
    expect(text).toContain(
      `${disputed.toLocaleString("en")} of them (${Math.round((100 * disputed) / manifest.length)} %)`
    );
    const {size, epochs, frozenEpochs} = metadata.recipe;
    expect(text).toContain(`enlarged to ${size}×${size}`);
    expect([frozenEpochs, epochs]).toEqual([1, 5]);
    expect(text).toContain("one epoch for the new layers and BatchNorm, then five for everything");
  });

  it("can't be filled without its markers or the shipped fold", () => {
    expect(() => fillReadme("no markers", report, 0)).toThrow(/must hold the lines/);
    expect(() => fillReadme(readme, report, 9)).toThrow(/no fold 9/);
  });
});
