import {mkdtempSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, test} from "vitest";
import {readCard} from "../../../../src/data/loaders/card.js";

const figure = {estimate: 0.9, low: 0.8, high: null};
const figures = {accuracy: figure, sensitivity: figure, specificity: figure, rocArea: figure};
const subgroup = {factor: "hue", group: "up to 2°", cells: 10, patients: 3, figures};
const part = {figures};
const point = {threshold: 0.4, temperature: 1, abstain: [0.3, 0.6], rule: "Chosen so."};
const report = {
  draws: 2000,
  seed: 1,
  folds: [{fold: 0, operatingPoint: point, figures: {original: part, undisputed: part, corrected: part}}],
  subgroups: [subgroup],
  robustness: []
};

function read(json: object) {
  const directory = mkdtempSync(join(tmpdir(), "malaria-card-"));
  writeFileSync(join(directory, "report.json"), JSON.stringify(json));
  return readCard(5, directory);
}

test("the parts, the rule and the folds that were not tested", () => {
  const card = read(report);
  expect(card).toMatchObject({rule: "Chosen so.", testedFolds: [0], untestedFolds: [1, 2, 3, 4], robustness: []});
  expect(JSON.parse(JSON.stringify(card.subgroups))).toEqual([subgroup]);
});

test("what was not computed is empty", () => {
  expect(read({draws: 2000, seed: 1, folds: report.folds})).toMatchObject({subgroups: [], robustness: []});
});

test("figures of changed pictures are read", () => {
  const changed = {change: "hue", level: 20, cells: 5, rocArea: 0.9, sensitivity: 0.8, specificity: 0.7};
  const figures = {area: "0.9000", sensitivity: "0.8000", specificity: "0.7000"};
  expect(read({...report, robustness: [changed]}).robustness).toEqual([
    {change: "hue", level: 20, cells: "5", ...figures}
  ]);
});

test("what is malformed is named", () => {
  expect(() => read({...report, subgroups: [{...subgroup, cells: "10"}]})).toThrow(/subgroups\[0\]\.cells/);
  expect(() => read({...report, subgroups: [{...subgroup, figures: {}}]})).toThrow(/subgroups\[0\]\.figures\.accuracy/);
  const wrong = {...figures, accuracy: {...figure, estimate: 2}};
  expect(() => read({...report, subgroups: [{...subgroup, figures: wrong}]})).toThrow(
    /accuracy\.estimate.*from 0 to 1/
  );
  expect(() => read({...report, robustness: {}})).toThrow(/robustness must be a list/);
});
