import {writeFileSync} from "node:fs";
import path from "node:path";
import {expect, test} from "vitest";
import {findings} from "../../../../src/data/loaders/findings.js";
import {makeDirectory} from "./fixture.js";

const figure = (estimate: number) => ({estimate, low: estimate - 0.01, high: estimate + 0.01});
const part = (accuracy: number, errors: [number, number]) => ({
  cells: 1000,
  patients: 20,
  figures: {accuracy: figure(accuracy), specificity: figure(0.975), rocArea: figure(0.99)},
  matrix: {falseNegatives: errors[0], falsePositives: errors[1]}
});
const change = (name: string, level: number, sensitivity: number, specificity: number) => ({
  change: name,
  level,
  cells: 100,
  rocArea: 0.9,
  sensitivity,
  specificity
});
const report = {
  pooled: {original: part(0.9, [60, 40]), undisputed: part(0.97, [15, 10])},
  robustness: [
    change("none", 0, 0.96, 0.97),
    change("blur", 1.5, 0.9, 0.97),
    change("blur", 2, 0.75, 0.97),
    change("noise", 0.05, 0.97, 0.9),
    change("noise", 0.1, 0.99, 0.4)
  ]
};

function write(content: object, bytes = 6): string {
  const directory = makeDirectory();
  const metadata = {
    name: "made",
    labels: ["parasitized", "uninfected"],
    positive: "parasitized",
    threshold: 0.5,
    files: ["model.json", "weights.bin"].map((name) => ({path: name, bytes: bytes / 2, sha256: "0".repeat(64)}))
  };
  writeFileSync(path.join(directory, "metadata.json"), JSON.stringify(metadata));
  writeFileSync(path.join(directory, "report.json"), JSON.stringify(content));
  return directory;
}

test("five findings whose titles state the figures of the reports", () => {
  const student = {...report, pooled: {...report.pooled, original: part(0.89, [1, 1])}};
  const found = findings(write(report, 21_600_000), write(student, 350_000));
  expect(found.map(({title}) => title.replaceAll("\u00a0", " "))).toEqual([
    "Right on 90.0 % of the cells of patients it never met",
    "75 % of its errors are cells whose label a second reader disputes",
    "A network of 350 kB does as well as one of 22 MB",
    "Blur hides parasites: two pixels of it, and it finds 75 % of them",
    "Noise makes parasites up: it then clears 40 % of the healthy cells"
  ]);
  expect(found[0]!.rows).toEqual([
    {name: "all labels", ...figure(0.9)},
    {name: "undisputed labels", ...figure(0.97)}
  ]);
  expect(found[1]!.measure).toBe("Share of its 100 errors");
  expect(found[4]!.rows.map(({estimate}) => estimate)).toEqual([0.97, 0.9, 0.4]);
  for (const {rows, axis} of found) {
    for (const {estimate} of rows) expect(estimate >= axis[0] && estimate <= axis[1]).toBe(true);
  }
});

test("a sixth one tells of the laboratories that suit it best and worst, had it never met them", () => {
  const laboratory = (name: string, specificity: number | null) => {
    const none = {estimate: null, low: null, high: null};
    const figures = {
      accuracy: figure(0.9),
      sensitivity: none,
      rocArea: none,
      specificity: specificity === null ? none : figure(specificity)
    };
    const answers = {
      cells: 9,
      parasitized: 0,
      patients: 9,
      figures,
      sensitivityAt1Percent: none,
      sensitivityAt01Percent: none,
      answered: figure(0.9),
      cautioned: none,
      refused: none,
      silentMisses: 0
    };
    return {laboratory: name, licence: "MIT", credit: "", teaches: true, ...answers, unmet: answers};
  };
  const laboratories = [laboratory("A", 0.8), laboratory("B", 0.7), laboratory("C", 0.99), laboratory("D", null)];
  const found = findings(write({...report, laboratories}), write(report));
  expect(found).toHaveLength(6);
  expect(found[5]!.title.replaceAll("\u00a0", " ")).toBe(
    "In a laboratory it never met, it may clear only 70 % of the healthy cells"
  );
  expect(found[5]!.rows.map(({name, estimate}) => [name, estimate])).toEqual([
    ["at home", 0.975],
    ["C", 0.99],
    ["B", 0.7]
  ]);
});

test("what is missing is named", () => {
  const whole = write(report);
  expect(() => findings(write({...report, robustness: report.robustness.slice(1)}), whole)).toThrow(
    /robustness must have none at 0; run npm run robustness/
  );
  expect(() => findings(write({...report, pooled: null}), whole)).toThrow(/report\.json/);
});
