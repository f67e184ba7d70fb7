import {existsSync} from "node:fs";
import {expect, test} from "vitest";
import {measuredOf, readComposed, readMeasured} from "../../../../src/data/loaders/smear.js";
import type {LaboratoryFigures} from "../../../../src/data/shapes/report.js";

const laboratory = (
  cells: number,
  parasitized: number,
  rates: [specificity: number, sensitivity: number],
  refused = 0
) =>
  ({
    ...{cells, parasitized, refused},
    figures: {specificity: {estimate: rates[0]}, sensitivity: {estimate: rates[1]}}
  }) as LaboratoryFigures;

test("healthy and parasitized cells of all laboratories are summed, what is refused left out", () => {
  const measured = measuredOf([
    laboratory(100, 0, [0.9, NaN]),
    laboratory(300, 100, [0.95, 0.8], 0.5),
    laboratory(50, 50, [NaN, 0.5])
  ]);
  expect(measured).toEqual({
    cells: 200,
    falseAlarms: expect.closeTo(15),
    sensitivity: expect.closeTo(105 / 150),
    laboratories: 2
  });
});

test.each(["student", "resnet34"])("%s was measured on healthy cells of several laboratories", (name) => {
  const {cells, falseAlarms, sensitivity, laboratories} = readMeasured(`models/${name}`);
  expect(laboratories).toBeGreaterThan(3);
  expect(cells).toBeGreaterThan(100);
  expect(falseAlarms).toBeGreaterThan(0);
  expect(falseAlarms / cells).toBeLessThan(0.2);
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
  for (const {name, cells, parasitized} of composed) {
    expect(existsSync(`src/data/samples/smear/${name}.jpg`), name).toBe(true);
    expect(cells).toBeGreaterThan(10 * parasitized);
  }
});
