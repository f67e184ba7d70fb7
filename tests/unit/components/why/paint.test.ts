import {describe, expect, test} from "vitest";
import {paintMap, rampColour} from "../../../../src/components/why/paint.js";

describe("the ramp", () => {
  test("grows brighter with each step, so that it is read without telling hues apart", () => {
    const brightness = Array.from({length: 21}, (_, n) => {
      const [red, green, blue] = rampColour(n / 20);
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    });
    for (let n = 1; n < 21; n++) expect(brightness[n]! - brightness[n - 1]!).toBeGreaterThan(2);
  });

  test("is opaque where a map is high and lets the cell through where it is nought", () => {
    const pixels = paintMap([0, 1, 2]);
    expect([pixels[3], pixels[7], pixels[11]]).toEqual([0, 255, 255]);
    expect([...pixels.slice(8, 11)]).toEqual(rampColour(1));
    const dim = paintMap([0, 1, 2], 0.03);
    expect([dim[7], dim[11]]).toEqual([8, 15]);
    expect([...dim.slice(8, 11)]).toEqual(rampColour(0.03));
    expect([...paintMap([0, 0])]).toEqual(Array(8).fill(0));
    expect([...paintMap([1, Infinity])]).toEqual(Array(8).fill(0));
  });
});
