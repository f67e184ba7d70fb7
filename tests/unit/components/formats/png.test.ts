import {crc32, deflateSync} from "node:zlib";
import sharp from "sharp";
import {describe, expect, test} from "vitest";
import {decodePng} from "../../../../src/components/formats/png.js";
import {CELL, encoded, pixelsOf} from "../../../fixtures/pictures.js";

/** A PNG of 16 bits a sample; `significant` writes an sBIT chunk. */
function png16(
  samples: readonly number[],
  {width, height, colour, significant}: {width: number; height: number; colour: number; significant?: number}
) {
  const channels = {0: 1, 2: 3, 4: 2, 6: 4}[colour]!;
  const rows = Buffer.alloc(height * (1 + width * channels * 2));
  samples.forEach((value, n) => rows.writeUInt16BE(value, Math.floor(n / (width * channels)) + 1 + n * 2));
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    crc.writeUInt32BE(crc32(body) >>> 0);
    return Buffer.concat([length, body, crc]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([16, colour, 0, 0, 0], 8);
  const parts = [Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head)];
  if (significant) parts.push(chunk("sBIT", Buffer.alloc(channels, significant)));
  parts.push(
    chunk("tEXt", Buffer.from("Comment\0of a camera")),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0))
  );
  return new Uint8Array(Buffer.concat(parts));
}

describe("decodePng", () => {
  test("stretches 10, 12 and 14 bits in 16 to their real range", async () => {
    for (const bits of [10, 12, 14]) {
      const most = 2 ** bits - 1;
      const file = png16([0, most, Math.round(most / 2), most, most, 0], {width: 2, height: 1, colour: 2});
      expect(await decodePng(file)).toMatchObject({
        width: 2,
        height: 1,
        depth: bits,
        data: Uint8ClampedArray.of(0, 255, 128, 255, 255, 0)
      });
    }
  });

  test("takes the depth that the file states over a smaller one that its values would have room in", async () => {
    const recipe = {width: 2, height: 1, colour: 0};
    expect((await decodePng(png16([0, 1000], {...recipe, significant: 12}))).data[3]).toBe(
      Math.round((1000 * 255) / 4095)
    );
    expect((await decodePng(png16([0, 60_000], {...recipe, significant: 12}))).data[3]).toBe(
      Math.round((60_000 * 255) / 65535)
    );
  });

  test("reads grey, grey with alpha, and RGB with alpha, transparent parts on black", async () => {
    expect((await decodePng(png16([65535, 0], {width: 2, height: 1, colour: 0}))).data).toEqual(
      Uint8ClampedArray.of(255, 255, 255, 0, 0, 0)
    );
    expect((await decodePng(png16([65535, 0, 65535, 65535], {width: 2, height: 1, colour: 4}))).data).toEqual(
      Uint8ClampedArray.of(0, 0, 0, 255, 255, 255)
    );
    expect(
      (await decodePng(png16([65535, 257, 514, 0, 65535, 257, 514, 65535], {width: 2, height: 1, colour: 6}))).data
    ).toEqual(Uint8ClampedArray.of(0, 0, 0, 255, 1, 2));
  });

  test("gives the pixels that libvips gives, interlaced too", async () => {
    for (const progressive of [false, true]) {
      const file = await encoded(sharp(CELL).toColourspace("rgb16").png({progressive}));
      const {data} = await decodePng(file);
      const expected = await pixelsOf(await encoded(sharp(CELL).png()));
      let most = 0;
      for (let n = 0; n < data.length; n++) most = Math.max(most, Math.abs(data[n]! - expected.data[n]!));
      expect(most).toBeLessThanOrEqual(1);
    }
  });

  test("refuses data that do not make the picture", async () => {
    const file = png16([1, 2, 3], {width: 1, height: 1, colour: 2});
    new DataView(file.buffer).setUint32(16, 5);
    await expect(decodePng(file)).rejects.toMatchObject({code: "damaged"});
  });
});

test("PNG of palettes and of less than 8 bits is read without a browser too, interlaced or not", async () => {
  const grey = sharp(CELL).resize(13, 7, {fit: "fill"}).toColourspace("b-w");
  const kinds = new Set<string>();
  for (const colours of [200, 15, 4, 2]) {
    for (const progressive of [false, true]) {
      for (const picture of [sharp(CELL).resize(61, 40, {fit: "fill"}), sharp(CELL).resize(3, 2), grey.clone()]) {
        const file = await encoded(picture.png({palette: true, colours, progressive}));
        kinds.add(`${file[24]} bits${file[28] === 1 ? ", interlaced" : ""}`);
        const {data, width, height, depth} = await decodePng(file);
        const {data: expected} = await sharp(file)
          .toColourspace("srgb")
          .removeAlpha()
          .raw()
          .toBuffer({resolveWithObject: true});
        expect([width * height * 3, depth]).toEqual([expected.length, 8]);
        expect(Buffer.compare(Buffer.from(data), expected)).toBe(0);
      }
    }
  }
  const bits = ["1 bits", "2 bits", "4 bits", "8 bits"];
  expect([...kinds].sort()).toEqual(bits.flatMap((kind) => [kind, `${kind}, interlaced`]));
});
