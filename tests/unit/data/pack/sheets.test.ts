import sharp from "sharp";
import {describe, expect, it} from "vitest";
import {composeSheet, encodeSheet} from "../../../../src/data/pack/sheets.js";
import {cellValues, sheetName} from "../../../../src/data/shapes/cells.js";

/** Cell n filled with n, its first pixel white. */
const cell = (n: number) => new Uint8Array(cellValues).fill(n).fill(255, 0, 3);
const at = (sheet: Uint8Array, x: number, y: number) => [...sheet.subarray((y * 800 + x) * 3, (y * 800 + x) * 3 + 3)];

describe("composeSheet", () => {
  it("lays cells out row by row and leaves the rest black", () => {
    const sheet = composeSheet(Array.from({length: 18}, (_, n) => cell(n + 1)));
    expect(sheet.length).toBe(800 * 800 * 3);
    expect(at(sheet, 750, 0)).toEqual([255, 255, 255]);
    expect(at(sheet, 799, 49)).toEqual([16, 16, 16]);
    expect(at(sheet, 50, 50)).toEqual([255, 255, 255]);
    expect(at(sheet, 99, 99)).toEqual([18, 18, 18]);
    expect(at(sheet, 100, 50)).toEqual([0, 0, 0]);
  });

  it("refuses more than fit", () => {
    expect(() => composeSheet(Array(257).fill(cell(1)))).toThrow(new RangeError("A sheet takes 256 cells, not 257."));
  });
});

describe("encodeSheet", () => {
  it("is lossless, also in colour, and gives the same bytes again", async () => {
    let state = 1;
    const noisy = new Uint8Array(cellValues).map(() => (state = (state * 16807) % 2147483647) & 255);
    const sheet = composeSheet([noisy, cell(3)]);
    const webp = await encodeSheet(sheet);
    const {data, info} = await sharp(webp).raw().toBuffer({resolveWithObject: true});
    expect(info).toMatchObject({width: 800, height: 800, channels: 3});
    expect(data.equals(sheet)).toBe(true);
    expect((await encodeSheet(sheet)).equals(webp)).toBe(true);
  });
});

it("pads sheet numbers", () => {
  expect([sheetName(7), sheetName(107)]).toEqual(["sheet-007.webp", "sheet-107.webp"]);
});
