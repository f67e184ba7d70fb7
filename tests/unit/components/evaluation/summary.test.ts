import {expect, test} from "vitest";
import {currentOf} from "../../../../src/components/evaluation/current.js";
import {sumErrors} from "../../../../src/components/evaluation/errors.js";
import type {PatientErrors} from "../../../../src/components/evaluation/errors.js";
import {rankPatients} from "../../../../src/components/evaluation/patients.js";
import {evaluationTable} from "../../../../src/components/evaluation/selection.js";
import {rankingFinding, summaryFindings} from "../../../../src/components/evaluation/summary.js";
import {formatCount} from "../../../../src/components/ui/format.js";
import {readQuery} from "../../../../src/components/ui/url-state.js";
import {makeCells, makeData, makeModel} from "./fixture.js";

const cells = makeCells();
const change = (name: string, specificity: number, rocArea: number) => ({
  change: name,
  level: Number(name !== "none"),
  cells: 9,
  rocArea,
  sensitivity: 0.9,
  specificity
});
const model = {...makeModel(cells), robustness: [change("none", 0.98, 0.995), change("noise", 0.4, 0.9)]};
const random = {...makeModel(cells, {name: "random-split", folds: [0]}), protocol: "random" as const};
const data = makeData([model, random]);
const table = evaluationTable(data, cells);
const toCurrent = currentOf(data, cells, new Map([[model.name, model]]));
const replaced = {confusionMatrix: {truePositives: 9, falseNegatives: 1, falsePositives: 1, trueNegatives: 9}};
const foldOf = (patient: string) => cells.fold[cells.patient.indexOf(cells.patients.indexOf(patient))];
const at = (query: string) => {
  const current = toCurrent(readQuery(table, query).values);
  return {current, found: summaryFindings(current, data, replaced, foldOf)};
};

test("five findings, with the numbers of the selection, lead to what shows them", () => {
  const {current, found} = at("?threshold=0.8");
  expect(found).toHaveLength(5);
  const {wrong, wrongDisputed} = sumErrors(current.errors);
  expect(found[0]!.detail).toContain(`${formatCount(wrongDisputed)} of ${formatCount(wrong)}`);
  expect(found[0]!.leads).toMatchObject({kind: "wrong", disputed: "yes"});
  const [worst] = rankPatients(current.errors, current.patients);
  expect(found[1]!.title).toContain(`Patient ${worst!.patient} alone`);
  expect(found[1]!.detail).toContain(`${worst!.missed} of `);
  expect(found[1]!.leads).toMatchObject({kind: "false-negatives", patient: worst!.patient});
  expect(found[2]!.title).toBe("Fold 0 has the widest interval");
  expect(found[2]!.detail.includes(`Patient ${worst!.patient} is one of them`)).toBe(foldOf(worst!.patient) === 0);
  expect(found[3]!.detail).toContain("0.900 with patients apart, 0.900 on a random split");
  expect(found[3]!.leads).toBe("models");
  expect(found[4]!.title).toContain("Noise, deviation 1 does most harm");
  expect(found[4]!.detail).toContain("Through 0 of 1 kinds");
});

test("what the selection does not have is not claimed", () => {
  const titles = (query: string) => at(query).found.map(({title}) => title);
  expect(titles("?threshold=0.8&labels=undisputed").join()).not.toContain("disputed labels");
  expect(titles("?threshold=0.5")[0]).toContain("widest interval");
});

test("the patient with the most errors is named with what most of them are", () => {
  const errors = {patient: "C1", missed: 3, missedDisputed: 2, alarms: 1, alarmsDisputed: 0, wrong: 4} as PatientErrors;
  expect(rankingFinding([errors])).toBe("C1 has the most errors: 2 of its 3 misses are on disputed labels");
  expect(rankingFinding([{...errors, alarms: 5, alarmsDisputed: 4}])).toContain("4 of its 5 false alarms");
  expect(rankingFinding([])).toBe("No patient has a wrong answer");
});
