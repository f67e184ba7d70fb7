import {readFileSync} from "node:fs";
import sharp from "sharp";
import {describe, expect, test} from "vitest";
import {decodeInNode} from "../../../../models/score/decode-in-node.js";
import {CELL, animation, bmp, encoded, miscoloured, pixelsOf} from "../../../fixtures/pictures.js";
import type {Picture} from "../../../fixtures/pictures.js";

const cell = new Uint8Array(readFileSync(CELL));
const decoded = async (file: Picture) => {
  const {data, width, height} = await decodeInNode(file);
  return {data: new Uint8Array(data), width, height};
};
const pixels = async (file: Picture | string) => {
  const {data, width, height} = await pixelsOf(file);
  return {data, width, height};
};

describe("without a browser, the pixels are the stored ones", () => {
  test("of PNG whatever colours it claims, of BMP, and of the first frame of an animation", async () => {
    const plain = await pixels(CELL);
    expect(await decoded(cell)).toEqual(plain);
    expect(await decoded(bmp(plain))).toEqual(plain);
    for (const claim of ["gamma", "profile"] as const)
      expect(await decoded(await miscoloured(cell, claim))).toEqual(plain);
    const first = await pixels(await encoded(sharp(CELL).resize(60, 40, {fit: "fill"}).png()));
    expect(await decoded(await animation("webp"))).toEqual(first);
  });

  test("of grey, turned and transparent pictures: three channels, upright, on black", async () => {
    const grey = await encoded(sharp(CELL).toColourspace("b-w").png());
    const {data} = await decoded(grey);
    for (let n = 0; n < data.length; n += 3) expect(data[n] === data[n + 1] && data[n] === data[n + 2]).toBe(true);
    const turned = await encoded(sharp(CELL).resize(80, 40, {fit: "fill"}).withMetadata({orientation: 6}).jpeg());
    expect(await decoded(turned)).toMatchObject({width: 40, height: 80});
    const clear = await decoded(await encoded(sharp(CELL).ensureAlpha(0).png()));
    expect(clear.data.every((value) => value === 0)).toBe(true);
  });

  test("of four inks, as browsers show them", async () => {
    const plain = await pixels(CELL);
    const {data} = await decoded(await encoded(sharp(CELL).toColourspace("cmyk").jpeg({quality: 100})));
    const off = plain.data.reduce((sum, value, n) => sum + Math.abs(value - data[n]!), 0) / data.length;
    expect(off).toBeLessThan(12);
  });

  test("of a file that lacks its end mark, with a word; what is damaged or none gets the page's sentence", async () => {
    const {notes, ...open} = await decodeInNode(cell.slice(0, -12));
    expect(notes).toEqual(["This file lacks its end mark, but no pixel is missing."]);
    expect(new Uint8Array(open.data)).toEqual((await pixels(CELL)).data);
    const noise = cell.slice().fill(255, cell.length / 2, cell.length / 2 + 64);
    await expect(decodeInNode(noise)).rejects.toMatchObject({name: "Refusal", code: "damaged"});
    const runs = bmp(await pixels(CELL));
    new DataView(runs.buffer).setUint32(30, 1, true);
    await expect(decodeInNode(runs)).rejects.toMatchObject({
      code: "unsupported",
      message: expect.stringContaining("only the page reads")
    });
    await expect(decodeInNode(new Uint8Array(99))).rejects.toMatchObject({code: "not-an-image"});
  });
});
