import {describe, expect, test} from "vitest";
import {CHANGES, changeCell, stepsOf, unchanged} from "../../../../src/components/fool/changes.js";
import type {Changes} from "../../../../src/components/fool/changes.js";
import {cellSide, cellValues} from "../../../../src/data/shapes/cells.js";

/** A rose cell of 40×40 on black with a violet dot of 4×4 in its upper left. */
const cell = new Uint8ClampedArray(cellValues);
for (let y = 5; y < 45; y++) for (let x = 5; x < 45; x++) cell.set([210, 150, 160], (y * cellSide + x) * 3);
for (let y = 10; y < 14; y++) for (let x = 10; x < 14; x++) cell.set([120, 40, 130], (y * cellSide + x) * 3);
const changed = (some: Partial<Changes>) => changeCell(cell, {...unchanged(), ...some});
const at = (pixels: Uint8ClampedArray, x: number, y: number) => [
  ...pixels.subarray((y * cellSide + x) * 3).slice(0, 3)
];
const mean = (pixels: Uint8ClampedArray) => pixels.reduce((sum, value) => sum + value, 0) / pixels.length;

describe("changeCell", () => {
  test("leaves a cell as it is where nothing is changed", () => {
    expect(changed({})).toEqual(cell);
  });

  test("blurs without making the cell brighter, the dot into its surroundings", () => {
    const blurred = changed({blur: 2});
    expect(mean(blurred)).toBeCloseTo(mean(cell), 0);
    expect(at(blurred, 12, 12)[1]).toBeGreaterThan(80);
    expect(at(blurred, 30, 30)).toEqual([210, 150, 160]);
  });

  test("recolours the cell and leaves black black: brighter, grey, and hue that keeps the brightness", () => {
    expect(at(changed({brightness: 0.5}), 30, 30)).toEqual([105, 75, 80]);
    const grey = Math.round(0.299 * 210 + 0.587 * 150 + 0.114 * 160);
    expect(at(changed({grey: 1}), 30, 30)).toEqual([grey, grey, grey]);
    // In YIQ rose is (169, 32.5, 15.8); turned by 60° its chroma is (2.6, 36.0): violet.
    expect(at(changed({hue: 60}), 30, 30)).toEqual([194, 145, 227].map((value) => expect.closeTo(value, -0.5)));
    for (const some of [{brightness: 1.7}, {grey: 1}, {hue: 90}]) expect(at(changed(some), 0, 0)).toEqual([0, 0, 0]);
  });

  test("turns it clockwise, black from outside", () => {
    const turned = changed({rotation: 90});
    expect(at(turned, 37, 12)[1]).toBeLessThan(60);
    expect(at(turned, 12, 12)).toEqual([210, 150, 160]);
    expect(at(changed({rotation: 45}), 0, 0)).toEqual([0, 0, 0]);
  });

  test("makes it small and large again, which takes the dot's sharpness", () => {
    const small = changed({size: 10});
    expect(mean(small)).toBeCloseTo(mean(cell), -0.5);
    expect(at(small, 12, 12)[1]).toBeGreaterThan(at(cell, 12, 12)[1]!);
  });
});

test.each(Object.entries(CHANGES))(
  "the curve of %s runs from end to end, through where the cell is as it was",
  (_, change) => {
    const values = stepsOf(change, 16);
    expect(values.length).toBe(16);
    expect([values[0], values.at(-1)]).toEqual([change.min, change.max]);
    expect(values).toContain(change.neutral);
    expect(values).toEqual([...values].sort((a, b) => a - b));
  }
);
