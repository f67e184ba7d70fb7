import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {isUntaught} from "../../../../models/fields/fields.js";
import {
  healthyIn,
  readComposed,
  readMeasured,
  readPhotograph,
  sensitivityOf
} from "../../../../src/data/loaders/smear.js";
import {sha256} from "../../../../src/data/pack/digest.js";
import type {FieldLaboratory} from "../../../../src/data/shapes/fields.js";
import type {LaboratoryFigures} from "../../../../src/data/shapes/report.js";

const laboratory = (parasitized: number, sensitivity: number) =>
  ({parasitized, figures: {sensitivity: {estimate: sensitivity}}}) as LaboratoryFigures;

test("healthy cells are told by laboratory, and only where some were judged", () => {
  const judged = (healthy: number, specificity: number | null) => ({student: {healthy, specificity}});
  const laboratories = [
    {title: "One", judged: judged(200, 0.95)},
    {title: "Two", judged: judged(0, null)},
    {title: "Three", judged: judged(50, 1)}
  ] as FieldLaboratory[];
  expect(healthyIn({laboratories}, "student")).toEqual([
    {laboratory: "One", cells: 200, falseAlarms: expect.closeTo(10)},
    {laboratory: "Three", cells: 50, falseAlarms: 0}
  ]);
});

test("parasitized cells of all laboratories are summed", () => {
  expect(sensitivityOf([laboratory(100, NaN), laboratory(100, 0.8), laboratory(50, 0.5)])).toBeCloseTo(105 / 150);
  expect(sensitivityOf([laboratory(0, NaN)])).toBeNull();
});

test.each(["student", "resnet34"] as const)("%s was measured on healthy cells of several laboratories", (name) => {
  const {healthy, sensitivity} = readMeasured("models", name);
  expect(healthy.length).toBeGreaterThan(3);
  for (const {cells, falseAlarms} of healthy) {
    expect(cells).toBeGreaterThan(100);
    expect(falseAlarms / cells).toBeGreaterThanOrEqual(0);
    expect(falseAlarms / cells).toBeLessThan(0.2);
  }
  expect(sensitivity).toBeGreaterThan(0.5);
  expect(sensitivity).toBeLessThanOrEqual(1);
});

test("each composed field has a picture and known cells", () => {
  const composed = readComposed();
  expect(composed.map(({parasitized}) => parasitized)).toEqual(
    [...composed].map(({parasitized}) => parasitized).sort((a, b) => a - b)
  );
  expect(composed[0]!.parasitized).toBe(0);
  expect(composed.at(-1)!.parasitized).toBeGreaterThan(composed[1]!.parasitized);
  for (const {name, cells, parasitized, sha256: known} of composed) {
    expect(sha256(readFileSync(`src/data/samples/smear/${name}.jpg`)), name).toBe(known);
    expect(cells).toBeGreaterThan(10 * parasitized);
  }
});

test("the photograph comes with its credit, its licence and its hash, and taught the finder nothing", () => {
  const {sha256: known, credit, licence, image, parasitized} = readPhotograph();
  expect(sha256(readFileSync("src/data/samples/smear/photograph.jpg"))).toBe(known);
  const text = readFileSync("src/data/samples/smear/photograph-licence.txt", "utf8");
  expect(text).toContain(`${licence} License`);
  expect(text).toContain(`Copyright (c) ${credit}`);
  expect(isUntaught("chula", `images/${image}`)).toBe(true);
  expect(parasitized).toBe(0);
});
