import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {compositeOnBlack} from "../../../../src/components/image/composite.js";

describe("compositeOnBlack", () => {
  test("keeps opaque pixels, blackens transparent ones, mixes the rest", () => {
    const rgba = Uint8ClampedArray.of(1, 128, 255, 255, 200, 100, 50, 0, 255, 100, 3, 128);
    expect([...compositeOnBlack(rgba)]).toEqual([1, 128, 255, 0, 0, 0, 128, 50, 2]);
  });

  test("never brightens, and is within half a level of channel × alpha / 255", () => {
    fc.assert(
      fc.property(fc.uint8Array({minLength: 4, maxLength: 4}), (pixel) => {
        const rgb = compositeOnBlack(Uint8ClampedArray.from(pixel));
        rgb.forEach((value, channel) => {
          expect(value).toBeLessThanOrEqual(pixel[channel]!);
          expect(Math.abs(value - (pixel[channel]! * pixel[3]!) / 255)).toBeLessThanOrEqual(0.5);
        });
      })
    );
  });
});
