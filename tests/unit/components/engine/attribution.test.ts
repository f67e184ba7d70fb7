import {describe, expect, test} from "vitest";
import {attribution, toCellMap, toCellMaps, weighingOf} from "../../../../src/components/engine/attribution.js";
import {peakOf} from "../../../../src/components/why/describe-map.js";
import {cellPixels} from "../../../../src/data/shapes/cells.js";

test("sums gradient × activation over channels and leaves negative sums out", () => {
  const gradient = Float32Array.of(1, 2, -1, 0.5, 0, 4);
  const activation = Float32Array.of(3, 0.5, 2, 1, 9, 0.25);
  expect([...attribution(gradient, activation, 2)]).toEqual([4, 0, 1]);
  expect([...attribution(gradient, activation, 3)]).toEqual([2, 1.5]);
});

describe("toCellMap", () => {
  test("puts each place of a layer where it looks on the cell", () => {
    for (const [place, pixel] of [
      [0, 0],
      [12, (12 * 4 * 49) / 95],
      [22, (22 * 4 * 49) / 95]
    ] as const) {
      const coarse = new Float32Array(24 * 24);
      coarse[place * 24 + 5] = 1;
      const {x, y} = peakOf(toCellMap(coarse, 24, 4));
      expect(Math.abs(y - pixel)).toBeLessThanOrEqual(1);
      expect(Math.abs(x - (5 * 4 * 49) / 95)).toBeLessThanOrEqual(1);
    }
  });

  test("leaves an even map even", () => {
    for (const value of toCellMap(new Float32Array(144).fill(0.5), 12, 8)) expect(value).toBeCloseTo(0.5, 5);
  });
});

test("toCellMaps brings the layer's maps to the cells one by one", () => {
  const coarse = Float32Array.from({length: 2 * 24 * 24}, (_, n) => (n * 7919) % 13);
  const both = toCellMaps(coarse, 2);
  expect(both.subarray(0, cellPixels)).toEqual(toCellMap(coarse.subarray(0, 576), 24, 4));
  expect(both.subarray(cellPixels)).toEqual(toCellMap(coarse.subarray(576), 24, 4));
});

test("a class is explained against the other", () => {
  expect([weighingOf(0), weighingOf(1)]).toEqual([
    [1, -1],
    [-1, 1]
  ]);
});
