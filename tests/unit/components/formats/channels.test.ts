import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {channelsToRgb, compositeOnBlack} from "../../../../src/components/formats/channels.js";

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

test("grey, grey with alpha, RGB and RGB with alpha become RGB", () => {
  const rgb = (bytes: number[], channels: number) => [
    ...channelsToRgb(Uint8ClampedArray.from(bytes), {width: 1, height: 2, channels}).data
  ];
  expect(rgb([7, 9], 1)).toEqual([7, 7, 7, 9, 9, 9]);
  expect(rgb([7, 0, 9, 255], 2)).toEqual([0, 0, 0, 9, 9, 9]);
  expect(rgb([1, 2, 3, 4, 5, 6], 3)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(rgb([1, 2, 3, 255, 4, 5, 6, 0], 4)).toEqual([1, 2, 3, 0, 0, 0]);
  expect(() => rgb([1, 2], 5)).toThrow(RangeError);
  expect(() => rgb([1, 2, 3], 1)).toThrow(RangeError);
});
