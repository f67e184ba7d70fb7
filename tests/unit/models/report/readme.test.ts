import {readFileSync} from "node:fs";
import {describe, expect, it} from "vitest";
import {fillFigures, fillResults, otherReports} from "../../../../models/report/readme.js";
import type {Report} from "../../../../models/report/report.js";
import {readManifest} from "../../../../src/data/loaders/manifest.js";

const [readme, models] = ["README.md", "models/README.md"].map((file) => readFileSync(file, "utf8")) as [
  string,
  string
];
const parse = <T>(file: string) => JSON.parse(readFileSync(file, "utf8")) as T;
const report = parse<Report>("models/resnet34/report.json");
const metadata = parse<{split: {testFold: number}; recipe: {size: number; epochs: number; frozenEpochs: number}}>(
  "models/resnet34/metadata.json"
);

describe("the README", () => {
  it("shows the results of the report, and models/README.md all figures", () => {
    const {testFold} = metadata.split;
    const others = otherReports("resnet34");
    expect(fillResults(readme, report, testFold, others)).toBe(readme);
    expect(fillFigures(models, report, testFold, others)).toBe(models);
    expect(readme.trim().split("\n").length).toBeLessThanOrEqual(100);
  });

  it("sets the folds together above the shipped one, and the other models beside", () => {
    const figures = (accuracy: number) => {
      const figure = {estimate: accuracy, low: accuracy - 0.01, high: accuracy + 0.01};
      const names = ["accuracy", "rocArea", "sensitivity", "specificity"];
      const set = {cells: 1234, patients: 7, figures: Object.fromEntries(names.map((name) => [name, figure]))};
      return {original: set, undisputed: set, corrected: set} as unknown as Report["folds"][number]["figures"];
    };
    const point = {threshold: 0.4567, temperature: 1, abstain: [0.3, 0.6] as [number, number], rule: "Chosen so."};
    const model = (name: string, own: number[], pooled: number | null): Report => ({
      name,
      inputs: "",
      draws: 2000,
      seed: 1,
      subgroups: [],
      robustness: [],
      laboratories: [],
      folds: own.map((accuracy, fold) => ({fold, operatingPoint: point, figures: figures(accuracy)})),
      pooled: pooled === null ? null : figures(pooled)
    });
    const marked = "before\n<!-- figures: npm run report -->\nstale\n<!-- end of figures -->\nafter";
    const others = [model("colour", [0.6, 0.7], 0.65), model("random-split", [0.97], null)];
    const filled = fillFigures(marked, model("resnet34", [0.91, 0.92], 0.915), 1, others);
    expect(filled).not.toContain("stale");
    expect(filled.match(/\| all 2 tested folds, 7 patients \|/g)).toHaveLength(1);
    expect(filled).toMatch(/all 2[^]*0\.9150 \(0\.9050–0\.9250\)[^]*the network on this site[^]*0\.9200/);
    expect(filled).toContain("| ResNet-34, 2 folds | 1,234 | 0.9150");
    expect(filled).toContain("| Colour alone (logistic regression), 2 folds | 1,234 | 0.6500");
    expect(filled).toContain("| ResNet-34 on a random split, one test set | 1,234 | 0.9700");
    expect(filled).toContain("from P ≥ 0.457: chosen so.");
    expect(fillFigures(marked, model("resnet34", [0.91], null), 0)).not.toMatch(/tested folds|compared/);
  });

  it("says how many patients, cells and pixels the recipe had", () => {
    const {folds} = parse<{folds: {fold: number; train: string[]; validation: string[]; test: string[]}[]}>(
      "src/data/cells/split.json"
    );
    const {train, validation, test} = folds.find(({fold}) => fold === metadata.split.testFold)!;
    const text = models.replace(/\s+/g, " ");
    expect(text).toContain(`learnt from ${train.length} patients`);
    expect(text).toContain(`chosen on ${validation.length} other training patients`);
    expect(text).toContain(`come from ${test.length} patients`);
    const whole = readme.replace(/\s+/g, " ");
    expect(whole).toContain(
      `on cells of ${train.length} patients, its threshold chosen on ${validation.length} others, and tested on ${test.length} whom`
    );
    const manifest = readManifest();
    const disputed = manifest.filter((row) => row.disputed).length;
    expect(whole).toContain(`${manifest.length.toLocaleString("en")} blood cells`);
    expect(text).toContain(
      `${disputed.toLocaleString("en")} of them (${Math.round((100 * disputed) / manifest.length)} %)`
    );
    const {size, epochs, frozenEpochs} = metadata.recipe;
    expect(text).toContain(`enlarged to ${size}×${size}`);
    expect([frozenEpochs, epochs]).toEqual([1, 5]);
    expect(text).toContain("one epoch for the new layers and BatchNorm, then five for everything");
  });

  it("can't be filled without its markers or the shipped fold", () => {
    expect(() => fillResults("no markers", report, 0)).toThrow(/README\.md must hold the lines/);
    expect(() => fillFigures("no markers", report, 0)).toThrow(/models\/README\.md must hold the lines/);
    expect(() => fillResults(readme, report, 9)).toThrow(/no fold 9/);
    expect(() => fillFigures(models, report, 9)).toThrow(/no fold 9/);
  });
});
