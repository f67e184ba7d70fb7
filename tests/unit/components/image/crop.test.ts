import {describe, expect, test} from "vitest";
import {cropPicture} from "../../../../src/components/image/crop.js";

/** 8×4 pixels, each with its column, row and nought. */
const picture = {
  data: Uint8Array.from({length: 8 * 4 * 3}, (_, n) => [((n / 3) % 8) | 0, (n / 24) | 0, 0][n % 3]!),
  width: 8,
  height: 4,
  channels: 3 as const
};

describe("cropPicture", () => {
  test("cuts whole pixels out", () => {
    const {data, width, height} = cropPicture(picture, {x: 0.25, y: 0.5, width: 0.5, height: 0.5});
    expect([width, height]).toEqual([4, 2]);
    expect([...data.slice(0, 6)]).toEqual([2, 2, 0, 3, 2, 0]);
    expect([...data.slice(-3)]).toEqual([5, 3, 0]);
    expect(cropPicture(picture, {x: 0, y: 0, width: 1, height: 1}).data).toEqual(picture.data);
  });

  test("leaves out what lies outside, and refuses what is all outside or nothing", () => {
    expect(cropPicture(picture, {x: -0.5, y: 0.5, width: 0.75, height: 9})).toMatchObject({width: 2, height: 2});
    for (const part of [
      {x: 1, y: 0, width: 1, height: 1},
      {x: 0.5, y: 0.5, width: 0, height: 0.5},
      {x: NaN, y: 0, width: 1, height: 1}
    ])
      expect(() => cropPicture(picture, part)).toThrow(RangeError);
  });
});
