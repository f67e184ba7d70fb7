import {describe, expect, test} from "vitest";
import {describeMap} from "../../../../src/components/classifier/describe-map.js";
import {cellPixels, cellValues} from "../../../../src/data/shapes/cells.js";

describe("describeMap", () => {
  const cell = new Uint8ClampedArray(cellValues).fill(150);
  const at = (x: number, y: number) => Float32Array.from({length: cellPixels}, (_, n) => Number(n === y * 50 + x));

  test.each([
    [3, 4, "the upper left part of the cell, near its edge"],
    [25, 24, "the middle of the cell"],
    [40, 25, "the right part of the cell"],
    [25, 48, "the lower part of the cell, near its edge"]
  ])("a peak at %i, %i lies in %s", (x, y, words) => {
    expect(describeMap(at(x, y), cell, "parasitized")).toBe(
      `It speaks most for parasitized in ${words}; half of the map lies on less than 1 % of the picture.`
    );
  });

  test("says so when there is nothing", () => {
    expect(describeMap(new Float32Array(cellPixels), cell, "parasitized")).toBe(
      "Nowhere does this cell speak for parasitized."
    );
  });
});
