import sharp from "sharp";
import {describe, expect, it} from "vitest";
import {decodeCell} from "../../../../src/data/pack/picture.js";
import {fixtureFiles} from "./support.js";

const pixels = Uint8Array.from({length: 4 * 3 * 3}, (_, i) => i * 7);
const png = (channels: 1 | 3 | 4 = 3) =>
  sharp(channels === 3 ? pixels : new Uint8Array(12 * channels), {raw: {width: 4, height: 3, channels}});

describe("decodeCell", () => {
  it("gives the stored pixels", async () => {
    const picture = await decodeCell(await png().png().toBuffer());
    expect(picture).toMatchObject({width: 4, height: 3, channels: 3});
    expect([...picture.data]).toEqual([...pixels]);
  });

  it.each([
    ["an empty file", async () => Buffer.alloc(0), "is empty"],
    ["text", async () => Buffer.from("not a picture at all, but long enough to hold a header"), "is not a PNG picture"],
    ["JPEG", () => png().jpeg().toBuffer(), "is not a PNG picture"],
    ["alpha", () => png(4).png().toBuffer(), "is not 8-bit RGB (bit depth 8, PNG colour type 6)"],
    ["grey", () => png(1).toColourspace("b-w").png().toBuffer(), "is not 8-bit RGB (bit depth 8, PNG colour type 0)"],
    ["palette", () => png().png({palette: true}).toBuffer(), /^is not 8-bit RGB .*colour type 3/],
    ["16 bits", () => png().toColourspace("rgb16").png().toBuffer(), /^is not 8-bit RGB \(bit depth 16/]
  ])("refuses %s", async (_, make, reason) => {
    await expect(decodeCell(await make())).rejects.toThrow(reason);
  });

  it("refuses a truncated or damaged picture", async () => {
    const [bytes] = fixtureFiles("original").values();
    await expect(decodeCell(bytes!.subarray(0, bytes!.length / 2))).rejects.toThrow(/^can't be decoded \(/);
    const damaged = Buffer.from(bytes!);
    damaged.fill(0, 60, 200);
    await expect(decodeCell(damaged)).rejects.toThrow(/^can't be decoded \(/);
  });
});
