import fc from "fast-check";
import {expect, test, describe, afterEach, beforeEach, vi} from "vitest";
import {
  MAX_BYTES,
  checkBytes,
  checkPixels,
  compositeOnBlack,
  withTimeout
} from "../../../../src/components/image/decode.js";

test("files are taken up to the limit, and refused above it with both figures", () => {
  expect(() => checkBytes(MAX_BYTES)).not.toThrow();
  expect(() => checkBytes(34_000_000)).toThrow("This file has 34 MB; the limit is 20 MB. Crop it to a single cell.");
});

test("pictures are taken up to 25 megapixels", () => {
  expect(() => checkPixels({width: 5000, height: 5000})).not.toThrow();
  expect(() => checkPixels({width: 5001, height: 5000})).toThrow("5,001 × 5,000");
  expect(() => checkPixels({width: 0xffffffff, height: 0xffffffff})).toThrow("25 million");
});

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

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("passes the promise's result or error on, and leaves no timer", async () => {
  await expect(withTimeout(Promise.resolve(1), 100, () => new Error("late"))).resolves.toBe(1);
  await expect(withTimeout(Promise.reject(new Error("own")), 100, () => new Error("late"))).rejects.toThrow("own");
  expect(vi.getTimerCount()).toBe(0);
});

test("rejects with the given reason when nothing comes in time", async () => {
  const limited = expect(withTimeout(new Promise(() => {}), 100, () => new Error("late"))).rejects.toThrow("late");
  await vi.advanceTimersByTimeAsync(100);
  await limited;
});
