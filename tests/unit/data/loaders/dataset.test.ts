import {expect, test} from "vitest";
import {summarise} from "../../../../src/data/loaders/dataset.js";
import {readManifest} from "../../../../src/data/loaders/manifest.js";
import {writeManifest} from "./fixture.js";

test("counts of the fixture", () => {
  const dataset = summarise(readManifest(writeManifest()));
  expect(dataset).toMatchObject({
    cells: 6,
    patients: 3,
    healthyPatients: 1,
    photographs: 4,
    disputed: 2,
    knownSizes: 5
  });
  expect(dataset.perPatient).toContainEqual({
    patient: "C30",
    parasitized: 2,
    uninfected: 0,
    disputed: 1,
    photographs: 2,
    fold: 1
  });
  expect(dataset.folds).toEqual([
    {fold: 0, patients: 2, cells: 4, parasitized: 1, uninfected: 3},
    {fold: 1, patients: 1, cells: 2, parasitized: 2, uninfected: 0}
  ]);
});

test("the committed cells give the published counts of the set", () => {
  const dataset = summarise(readManifest("src/data/cells"));
  expect(dataset).toMatchObject({
    cells: 27_558,
    patients: 200,
    healthyPatients: 50,
    photographs: 1408,
    disputed: 1397,
    knownSizes: 23_633
  });
  expect(dataset.perPatient).toHaveLength(200);
  expect(dataset.folds.reduce((sum, fold) => sum + fold.patients, 0)).toBe(200);
});
