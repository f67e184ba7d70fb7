import {describe, expect, test} from "vitest";
import {describeMap, peakAgainstStain} from "../../../../src/components/why/describe-map.js";
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

describe("peakAgainstStain", () => {
  const peak = (x: number, y: number) => Float32Array.from({length: cellPixels}, (_, n) => Number(n === y * 50 + x));
  /** A grey-pink cell with a magenta spot of 4×4 pixels at 12, 20, or with none. */
  const cell = (hasSpot: boolean) => {
    const rgb = new Uint8ClampedArray(cellValues);
    for (let y = 5; y < 45; y++) for (let x = 5; x < 45; x++) rgb.set([200, 160, 160], (y * 50 + x) * 3);
    for (let y = 20; hasSpot && y < 24; y++) for (let x = 12; x < 16; x++) rgb.set([150, 40, 130], (y * 50 + x) * 3);
    return rgb;
  };
  const spot = "what by its colour is the stained parasite";

  test.each([
    [13, 21, `The peak lies on ${spot}.`],
    [17, 21, `The peak lies beside ${spot} (2 of 50 pixels).`],
    [35, 21, `The peak lies away from ${spot} (20 of 50 pixels).`]
  ])("a peak at %i, %i", (x, y, sentence) => {
    expect(peakAgainstStain(peak(x, y), cell(true))).toBe(sentence);
  });

  test("says so where there is no stained parasite, and nothing where there is no map or no cell", () => {
    expect(peakAgainstStain(peak(20, 20), cell(false))).toBe(
      "By its colour, nothing on this cell is a stained parasite."
    );
    expect(peakAgainstStain(new Float32Array(cellPixels), cell(true))).toBe("");
    expect(peakAgainstStain(peak(20, 20), new Uint8ClampedArray(cellValues))).toBe("");
  });
});
