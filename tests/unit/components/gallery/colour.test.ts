import * as d3 from "d3";
import fc from "fast-check";
import {expect, test} from "vitest";
import {brightness, hueSaturation} from "../../../../src/components/gallery/colour.js";

test("pure colours and greys", () => {
  expect(hueSaturation(255, 0, 0)).toEqual({hue: 0, saturation: 1});
  expect(hueSaturation(0, 255, 0)).toEqual({hue: 120, saturation: 1});
  expect(hueSaturation(0, 0, 255)).toEqual({hue: 240, saturation: 1});
  expect(hueSaturation(90, 90, 90)).toEqual({hue: 0, saturation: 0});
  expect(hueSaturation(0, 0, 0)).toEqual({hue: 0, saturation: 0});
});

test("the hue is that of d3's HSL, and lies in 0…360", () => {
  const channel = fc.integer({min: 0, max: 255});
  fc.assert(
    fc.property(channel, channel, channel, (red, green, blue) => {
      const {hue, saturation} = hueSaturation(red, green, blue);
      const expected = d3.hsl(d3.rgb(red, green, blue)).h;
      expect(hue).toBeCloseTo(Number.isNaN(expected) ? 0 : expected % 360, 6);
      expect(saturation).toBeGreaterThanOrEqual(0);
      expect(saturation).toBeLessThanOrEqual(1);
    })
  );
});

test("white is 1, black 0, and green weighs most", () => {
  expect(brightness(255, 255, 255)).toBeCloseTo(1, 12);
  expect(brightness(0, 0, 0)).toBe(0);
  expect(brightness(0, 255, 0)).toBeCloseTo(0.587, 12);
});
