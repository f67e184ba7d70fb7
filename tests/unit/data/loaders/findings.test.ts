import {writeFileSync} from "node:fs";
import path from "node:path";
import {expect, test} from "vitest";
import {findings} from "../../../../src/data/loaders/findings.js";
import {makeDirectory} from "./fixture.js";

const figure = (estimate: number) => ({estimate, low: estimate - 0.01, high: estimate + 0.01});
const part = (accuracy: number, errors: [number, number]) => ({
  cells: 1000,
  patients: 20,
  figures: {accuracy: figure(accuracy), rocArea: figure(0.99)},
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

function write(content: object): string {
  const directory = makeDirectory();
  writeFileSync(path.join(directory, "report.json"), JSON.stringify(content));
  return directory;
}

test("five findings whose titles state the figures of the reports", () => {
  const found = findings(write(report), write({...report, pooled: {...report.pooled, original: part(0.89, [1, 1])}}));
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

test("what is missing is named", () => {
  const whole = write(report);
  expect(() => findings(write({...report, robustness: report.robustness.slice(1)}), whole)).toThrow(
    /robustness must have none at 0; run npm run robustness/
  );
  expect(() => findings(write({...report, pooled: null}), whole)).toThrow(/report\.json/);
});
