import * as d3 from "d3";
import fc from "fast-check";
import {expect, test} from "vitest";
import {readManifest} from "../../../../src/data/loaders/manifest.js";
import {hueAndSaturation, luma} from "../../../../src/data/shapes/manifest.js";

test("hue, saturation and brightness of all committed cells follow from the mean colour", () => {
  const off = readManifest("src/data/cells").filter((row) => {
    const {hue, saturation} = hueAndSaturation(row.red, row.green, row.blue);
    const turn = Math.abs(((hue - row.hue + 540) % 360) - 180);
    // Channels are rounded to 0.01, which turns the hue by at most 60° × 0.02 / chroma, and rounding it adds 0.005°.
    const chroma = Math.max(row.red, row.green, row.blue) - Math.min(row.red, row.green, row.blue);
    return (
      turn > 1.2 / chroma + 0.006 ||
      Math.abs(saturation - row.saturation) > 3e-4 ||
      Math.abs(luma(row.red, row.green, row.blue) - row.brightness) > 1e-4
    );
  });
  expect(off).toEqual([]);
});

test("pure colours and greys", () => {
  expect(hueAndSaturation(255, 0, 0)).toEqual({hue: 0, saturation: 1});
  expect(hueAndSaturation(0, 255, 0)).toEqual({hue: 120, saturation: 1});
  expect(hueAndSaturation(0, 0, 255)).toEqual({hue: 240, saturation: 1});
  expect(hueAndSaturation(90, 90, 90)).toEqual({hue: 0, saturation: 0});
  expect(hueAndSaturation(0, 0, 0)).toEqual({hue: 0, saturation: 0});
});

test("the hue is that of d3's HSL, and lies in 0…360", () => {
  const channel = fc.integer({min: 0, max: 255});
  fc.assert(
    fc.property(channel, channel, channel, (red, green, blue) => {
      const {hue, saturation} = hueAndSaturation(red, green, blue);
      const expected = d3.hsl(d3.rgb(red, green, blue)).h;
      expect(hue).toBeCloseTo(Number.isNaN(expected) ? 0 : expected % 360, 6);
      expect(saturation).toBeGreaterThanOrEqual(0);
      expect(saturation).toBeLessThanOrEqual(1);
    })
  );
});

test("white is 1, black 0, and green weighs most", () => {
  expect(luma(255, 255, 255)).toBeCloseTo(1, 12);
  expect(luma(0, 0, 0)).toBe(0);
  expect(luma(0, 255, 0)).toBeCloseTo(0.587, 12);
});
