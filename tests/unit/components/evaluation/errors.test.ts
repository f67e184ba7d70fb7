import {expect, test} from "vitest";
import {errorsByPatient, halfOfMissed, sumErrors} from "../../../../src/components/evaluation/errors.js";
import type {PatientErrors} from "../../../../src/components/evaluation/errors.js";
import {patientIndex} from "../../../../src/components/metrics/index.js";

// Two patients: C1 misses two parasites (one disputed), C2 raises a false alarm (disputed) and is right once.
const prepared = {
  scores: Float64Array.of(0.2, 0.3, 0.9, 0.8, 0.1),
  thresholds: Float64Array.of(0.5, 0.5, 0.5, 0.5, 0.05),
  labels: Uint8Array.of(1, 1, 1, 0, 0),
  disputed: Uint8Array.of(1, 0, 0, 1, 0),
  patients: patientIndex(["C1", "C1", "C1", "C2", "C2"])
};

test("wrong answers are counted by patient, kind and second reading", () => {
  expect(errorsByPatient(prepared, 0.5)).toEqual([
    {
      patient: "C1",
      cells: 3,
      disputed: 1,
      wrong: 2,
      wrongDisputed: 1,
      missed: 2,
      missedDisputed: 1,
      alarms: 0,
      alarmsDisputed: 0
    },
    {
      patient: "C2",
      cells: 2,
      disputed: 1,
      wrong: 1,
      wrongDisputed: 1,
      missed: 0,
      missedDisputed: 0,
      alarms: 1,
      alarmsDisputed: 1
    }
  ]);
});

test("at each fold's own threshold the last cell is a false alarm too", () => {
  expect(errorsByPatient(prepared, null)[1]).toMatchObject({alarms: 2, alarmsDisputed: 1});
});

test("the patients' errors add up", () => {
  expect(sumErrors(errorsByPatient(prepared, 0.5))).toEqual({
    missed: 2,
    missedDisputed: 1,
    alarms: 1,
    alarmsDisputed: 1,
    wrong: 3,
    wrongDisputed: 2
  });
});

test("half of the missed parasites lie on the fewest patients that hold them", () => {
  const missed = (counts: number[]) => counts.map((count) => ({missed: count})) as PatientErrors[];
  expect(halfOfMissed(missed([1, 6, 2, 3]))).toEqual({patients: 1, missed: 12});
  expect(halfOfMissed(missed([1, 5, 3, 3]))).toEqual({patients: 2, missed: 12});
  expect(halfOfMissed(missed([0, 0]))).toEqual({patients: 0, missed: 0});
});
