import {expect, test} from "vitest";
import type {PatientErrors} from "../../../../src/components/evaluation/errors.js";
import {healthySummary, rankPatients} from "../../../../src/components/evaluation/patients.js";
import {patientFigures} from "../../../../src/components/metrics/index.js";
import type {PatientFigures} from "../../../../src/components/metrics/index.js";

const matrix = (truePositives: number, falseNegatives: number, falsePositives: number, trueNegatives: number) => ({
  truePositives,
  falseNegatives,
  falsePositives,
  trueNegatives
});
const healthy = (all: readonly PatientFigures[]) => all.slice(0, 2);
const patients = patientFigures(
  ["C1", "C2", "C3", "C4"],
  [matrix(0, 0, 1, 9), matrix(0, 0, 3, 7), matrix(9, 1, 0, 10), matrix(5, 5, 5, 5)]
);

test("patients with parasites are ranked by wrong answers, then by their share; the healthy are left out", () => {
  const errors = (
    [
      ["C1", 10, 9],
      ["C2", 10, 2],
      ["C3", 8, 2],
      ["C4", 20, 5]
    ] as const
  ).map(([patient, cells, wrong]) => ({patient, cells, wrong}) as PatientErrors);
  const positives = [0, 3, 3, 3].map((count) => ({positives: count}));
  expect(rankPatients(errors, positives).map(({patient}) => patient)).toEqual(["C4", "C3", "C2"]);
});

test("false alarms of the healthy, and the parasitaemia they hide", () => {
  const {count, mean, deviation, upper, hidden} = healthySummary(healthy(patients), 0.9);
  expect(count).toBe(2);
  expect(mean).toBeCloseTo(0.2, 12);
  expect(deviation).toBeCloseTo(Math.SQRT2 / 10, 12);
  expect(upper).toBeCloseTo(0.29, 12);
  expect(hidden * 0.9 + (1 - hidden) * mean).toBeCloseTo(upper, 12);
});

test("a network that finds no more than it raises alarms can tell nothing apart", () => {
  expect(healthySummary(healthy(patients), 0.1).hidden).toBeNaN();
});
