import {describe, expect, test} from "vitest";
import {area, dilate, erode, fillHoles, maskOf, parts, silhouette} from "../../../../src/components/image/mask.js";
import type {Mask} from "../../../../src/components/image/mask.js";

const mask = (...rows: string[]): Mask => ({
  data: Uint8Array.from(rows.join(""), (character) => Number(character === "#")),
  width: rows[0]!.length,
  height: rows.length
});
const rows = ({data, width, height}: Mask) =>
  Array.from({length: height}, (_, y) =>
    Array.from(data.subarray(y * width, (y + 1) * width), (value) => (value ? "#" : ".")).join("")
  );

describe("masks", () => {
  test("parts are what hangs together, the largest first, by corners or not", () => {
    const two = mask("##..", "..#.", "...#");
    expect(parts(two).map(({length}) => length)).toEqual([4]);
    expect(parts(two, false).map(({length}) => length)).toEqual([2, 1, 1]);
    expect(rows(maskOf(parts(two, false)[0]!, two))).toEqual(["##..", "....", "...."]);
  });

  test("holes are filled, bays are not", () => {
    expect(rows(fillHoles(mask("####", "#..#", "####", "#..#")))).toEqual(["####", "####", "####", "#..#"]);
    expect(rows(fillHoles(mask(".##", "#.#", "##.")))).toEqual([".##", "###", "##."]);
  });

  test("eroding takes the rim off, dilating puts one on", () => {
    const square = mask(".....", ".###.", ".###.", ".###.", ".....");
    expect(rows(erode(square))).toEqual([".....", ".....", "..#..", ".....", "....."]);
    expect(area(dilate(square))).toBe(25);
    expect(area(erode(mask("###", "###", "###")))).toBe(1);
  });

  test("the silhouette is the largest thing that is not black, holes and all", () => {
    const rgb = new Uint8Array(5 * 5 * 3);
    for (const pixel of [6, 7, 8, 11, 13, 16, 17, 18, 4]) rgb.fill(120, pixel * 3, pixel * 3 + 3);
    expect(rows(silhouette(rgb, 5, 5)!)).toEqual(
      [".....", ".###.", ".###.", ".###.", "....."].map((row, y) => (y === 0 ? "....#" : row))
    );
    expect(silhouette(new Uint8Array(75), 5, 5)).toBe(null);
  });
});
