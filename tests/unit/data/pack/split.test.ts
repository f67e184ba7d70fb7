import {beforeAll, describe, expect, it} from "vitest";
import {readSources} from "../../../../src/data/pack/sources.js";
import {SEED, splitPatients} from "../../../../src/data/pack/split.js";
import type {Split} from "../../../../src/data/pack/split.js";
import type {Label} from "../../../../src/data/shapes/cells.js";
import {parseCellName} from "../../../../src/data/shapes/cells.js";

let labels: Map<string, Label>;
let split: Split;
let cells: Map<string, {parasitized: number; uninfected: number}>;

beforeAll(async () => {
  labels = (await readSources()).labels;
  split = splitPatients(labels);
  cells = new Map();
  for (const [file, label] of labels) {
    const {patient} = parseCellName(file)!;
    if (!cells.has(patient)) cells.set(patient, {parasitized: 0, uninfected: 0});
    cells.get(patient)![label] += 1;
  }
});

const count = (patients: string[], label: Label) =>
  patients.reduce((total, patient) => total + cells.get(patient)![label], 0);
const healthy = (patients: string[]) => patients.filter((patient) => cells.get(patient)!.parasitized === 0).length;

describe("splitPatients", () => {
  it("puts every patient, and so every cell, in exactly one fold", () => {
    const tested = split.folds.flatMap(({test}) => test);
    expect(tested.length).toBe(200);
    expect(new Set(tested)).toEqual(new Set(cells.keys()));
    expect(split).toMatchObject({seed: 2020, patients: 200});
    expect(split.folds.map(({fold}) => fold)).toEqual([0, 1, 2, 3, 4]);
    expect(tested.filter((patient) => patient === "C47").length).toBe(1);
    const total = count(tested, "parasitized") + count(tested, "uninfected");
    expect(total).toBe(27558);
  });

  it("keeps test, validation and training patients apart", () => {
    for (const {test, validation, train} of split.folds) {
      expect(new Set([...test, ...validation, ...train]).size).toBe(200);
      expect([test.length, validation.length, train.length]).toEqual([40, 16, 144]);
    }
  });

  it("balances the folds by patients, healthy patients and cells of either class", () => {
    for (const {test} of split.folds) {
      expect(healthy(test)).toBe(10);
      for (const label of ["parasitized", "uninfected"] as const) {
        expect(Math.abs(count(test, label) - 13779 / 5)).toBeLessThan(5);
      }
    }
  });

  it("watches training on a tenth of it, from all other folds", () => {
    for (const {fold, validation, train} of split.folds) {
      expect(healthy(validation)).toBe(4);
      for (const other of split.folds.filter((candidate) => candidate.fold !== fold)) {
        expect(validation.filter((patient) => other.test.includes(patient)).length).toBe(4);
      }
      for (const label of ["parasitized", "uninfected"] as const) {
        const share = count(validation, label) / count([...validation, ...train], label);
        expect(Math.abs(share - 0.1)).toBeLessThan(0.002);
      }
    }
  });

  it("depends on the seed, and on nothing else", () => {
    expect(splitPatients(new Map([...labels].reverse()))).toEqual(split);
    expect(splitPatients(labels, SEED + 1).folds[0]!.test).not.toEqual(split.folds[0]!.test);
  });
});
