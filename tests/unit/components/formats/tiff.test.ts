import fc from "fast-check";
import sharp from "sharp";
import {beforeAll, describe, expect, test} from "vitest";
import {decodeTiff} from "../../../../src/components/formats/tiff.js";
import {Refusal} from "../../../../src/components/image/refusal.js";
import {CELL} from "../../../fixtures/pictures.js";
import {writeTiff} from "../../../fixtures/tiff.js";
import type {TiffRecipe} from "../../../fixtures/tiff.js";

let cell: {data: Uint8Array; width: number; height: number};
beforeAll(async () => {
  const {data, info} = await sharp(CELL)
    .removeAlpha()
    .resize(37, 29, {fit: "fill"})
    .raw()
    .toBuffer({resolveWithObject: true});
  cell = {data: new Uint8Array(data), width: info.width, height: info.height};
});

const write = (recipe: Partial<TiffRecipe> = {}) =>
  writeTiff({samples: cell.data, width: cell.width, height: cell.height, ...recipe});
const map = (value: (byte: number) => number) => Array.from(cell.data, value);
const green = () => Array.from({length: cell.width * cell.height}, (_, n) => cell.data[n * 3 + 1]!);
const greys = () => Uint8Array.from(green().flatMap((value) => [value, value, value]));

async function refused(bytes: Uint8Array<ArrayBuffer>): Promise<Refusal | null> {
  try {
    await decodeTiff(bytes);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

async function expectPixels(bytes: Uint8Array<ArrayBuffer>, expected: ArrayLike<number> = cell.data, most = 0) {
  const picture = await decodeTiff(bytes);
  expect(picture).toMatchObject({width: cell.width, height: cell.height, channels: 3});
  expect(picture.data.length).toBe(expected.length);
  let difference = 0;
  for (let n = 0; n < expected.length; n++)
    difference = Math.max(difference, Math.abs(picture.data[n]! - expected[n]!));
  expect(difference).toBeLessThanOrEqual(most);
}

describe("decodeTiff reads the very pixels of", () => {
  const layouts: Record<string, Partial<TiffRecipe>> = {
    "one strip": {},
    "strips of seven rows": {rows: 7},
    "tiles over the edge": {tile: 16},
    "planes of their own": {planar: true, rows: 10},
    PackBits: {compression: "pack-bits", rows: 5},
    Deflate: {compression: "deflate"},
    "Deflate of differences, in tiles": {compression: "deflate", predictor: true, tile: 32},
    "PackBits of differences, in planes": {compression: "pack-bits", predictor: true, planar: true},
    "three pages": {pages: 3}
  };
  for (const littleEndian of [true, false]) {
    for (const big of [false, true]) {
      test(`every layout, ${littleEndian ? "little" : "big"}-endian${big ? ", BigTIFF" : ""}, 8 and 16 bits`, async () => {
        for (const layout of Object.values(layouts)) {
          await expectPixels(write({littleEndian, big, ...layout}));
          await expectPixels(write({littleEndian, big, bits: 16, samples: map((byte) => byte * 257), ...layout}));
        }
      });
    }
  }

  test("LZW, JPEG, Deflate and tiles as libtiff writes them", async () => {
    const picture = () => sharp(cell.data, {raw: {width: cell.width, height: cell.height, channels: 3}});
    const options = [
      {compression: "lzw", predictor: "horizontal"},
      {compression: "lzw", predictor: "none", tile: true, tileWidth: 16, tileHeight: 16},
      {compression: "deflate", predictor: "horizontal", bigtiff: true},
      {compression: "packbits"}
    ] as const;
    for (const option of options) await expectPixels(new Uint8Array(await picture().tiff(option).toBuffer()));
    const jpeg = await picture().tiff({compression: "jpeg", quality: 100}).toBuffer();
    await expectPixels(new Uint8Array(jpeg), await sharp(jpeg).raw().toBuffer(), 12);
  });

  test("grey, and grey that counts from white", async () => {
    await expectPixels(write({channels: 1, samples: green()}), greys());
    await expectPixels(write({channels: 1, samples: green().map((value) => 255 - value), photometric: 0}), greys());
  });

  test("a palette of 16 bits, and one of 8 as some write it", async () => {
    for (const unit of [257, 1]) {
      const colourMap = [0, 1, 2].flatMap((channel) =>
        Array.from({length: 256}, (_, n) => ((n * (channel + 1)) % 256) * unit)
      );
      const expected = green().flatMap((value) => [0, 1, 2].map((channel) => (value * (channel + 1)) % 256));
      await expectPixels(write({channels: 1, samples: green(), photometric: 3, colourMap}), expected);
    }
  });

  test("transparent parts, on black; a fourth channel that is none is left out", async () => {
    const samples = green().flatMap((_, n) => [...cell.data.subarray(n * 3, n * 3 + 3), n % 2 ? 255 : 0]);
    const expected = Array.from(cell.data, (value, n) => (Math.floor(n / 3) % 2 ? value : 0));
    await expectPixels(write({channels: 4, samples, extraSamples: 2}), expected);
    await expectPixels(write({channels: 4, samples, extraSamples: 0}));
  });

  test("CMYK without a profile", async () => {
    const samples = green().flatMap((_, n) => [
      ...Array.from(cell.data.subarray(n * 3, n * 3 + 3), (value) => 255 - value),
      0
    ]);
    await expectPixels(write({channels: 4, samples, photometric: 5}));
  });

  test("10, 12 and 14 bits of a camera in 16, stretched to their real range by one scale", async () => {
    for (const depth of [10, 12, 14]) {
      const most = 2 ** depth - 1;
      await expectPixels(write({bits: 16, samples: map((byte) => Math.round((byte * most) / 255))}), cell.data);
    }
    const samples = green().flatMap((_, n) => [4095, Math.round((cell.data[n * 3 + 1]! * 4095) / 255), 0]);
    const expected = greys().map((value, n) => (n % 3 === 0 ? 255 : n % 3 === 2 ? 0 : value));
    await expectPixels(write({bits: 16, samples}), expected);
  });

  test("floating point, up to 1, to 255 and to 65,535", async () => {
    for (const most of [1, 255, 65535]) {
      await expectPixels(
        write({bits: 32, isFloat: true, samples: [...map((byte) => (byte * most) / 255)]}),
        cell.data,
        1
      );
    }
  });

  test("a picture that lies on its side or is mirrored, upright", async () => {
    for (let orientation = 1; orientation <= 8; orientation++) {
      const file = write({orientation});
      const {data, info} = await sharp(file).rotate().raw().toBuffer({resolveWithObject: true});
      const picture = await decodeTiff(file);
      expect([picture.width, picture.height]).toEqual([info.width, info.height]);
      expect(Buffer.from(picture.data).equals(data), `orientation ${orientation}`).toBe(true);
    }
  });
});

describe("decodeTiff", () => {
  test("counts the pages, and ends where the chain of pages bites its tail", async () => {
    expect((await decodeTiff(write({pages: 3}))).pages).toBe(3);
    const file = write();
    const view = new DataView(file.buffer);
    const directory = view.getUint32(4, true);
    view.setUint32(directory + 2 + view.getUint16(directory, true) * 12, directory, true);
    expect((await decodeTiff(file)).pages).toBe(1);
  });

  test("says what it cannot read", async () => {
    const cases: [Partial<TiffRecipe>, string][] = [
      [{photometric: 32803, channels: 1, samples: green()}, "raw data"],
      [{photometric: 9}, "rare kind of colour"],
      [{tags: {259: [50000]}}, "compressed in a rare way"],
      [{tags: {339: [2, 2, 2]}}, "with a sign"],
      [{bits: 32, isFloat: true, samples: map(() => -1)}, "no brightness"],
      [{tags: {258: [1, 1, 1]}}, "no shades"]
    ];
    for (const [recipe, words] of cases) {
      const found = await refused(write(recipe));
      expect(found?.code).toBe("unsupported");
      expect(found?.message).toContain(words);
      expect(found?.message).toMatch(/choose that file\.$/);
    }
    expect((await refused(write({width: 0})))?.code).toBe("no-size");
    expect((await refused(write({tags: {256: [60_000], 257: [60_000]}})))?.code).toBe("too-many-pixels");
  });

  test("cut at every tenth it is refused, as truncated where its directory can still be read", async () => {
    for (const recipe of [
      {},
      {tile: 16},
      {big: true, bits: 16 as const},
      {compression: "deflate" as const, pages: 2}
    ]) {
      const file = write(recipe);
      for (let tenth = 1; tenth < 10; tenth++) {
        const found = await refused(file.slice(0, Math.floor((file.length * tenth) / 10)));
        if (found || !("pages" in recipe)) expect(found?.code).toMatch(/truncated|damaged/);
      }
    }
    expect((await refused(write().slice(0, 500)))?.code).toBe("truncated");
  });

  test("a bomb of Deflate is cut off at the picture's size", async () => {
    const file = write({compression: "deflate", samples: new Uint8Array(4000 * 4000 * 3), width: 4000, height: 4000});
    const view = new DataView(file.buffer);
    const directory = view.getUint32(4, true);
    for (let n = 0; n < view.getUint16(directory, true); n++) {
      const entry = directory + 2 + n * 12;
      if ([256, 257, 278].includes(view.getUint16(entry, true))) view.setUint32(entry + 8, 10, true);
    }
    expect((await decodeTiff(file)).data.length).toBe(300);
  });

  test("200 random mutations of each layout end in a picture or a refusal", async () => {
    const files = [
      {},
      {tile: 16},
      {compression: "deflate" as const, predictor: true},
      {compression: "pack-bits" as const, big: true}
    ].map(write);
    files.push(new Uint8Array(await sharp(write()).tiff({compression: "lzw"}).toBuffer()));
    files.push(new Uint8Array(await sharp(write()).tiff({compression: "jpeg"}).toBuffer()));
    const mutation = fc.record({
      edits: fc.array(fc.tuple(fc.nat(), fc.nat(255)), {minLength: 1, maxLength: 12}),
      where: fc.constantFrom("anywhere", "directory")
    });
    for (const file of files) {
      const view = new DataView(file.buffer, file.byteOffset);
      const little = view.getUint8(0) === 0x49;
      const directory =
        view.getUint16(2, little) === 43 ? Number(view.getBigUint64(8, little)) : view.getUint32(4, little);
      await fc.assert(
        fc.asyncProperty(mutation, async ({edits, where}) => {
          const content = file.slice();
          for (const [at, value] of edits) {
            content[
              where === "directory" ? Math.min(directory + (at % 240), content.length - 1) : at % content.length
            ] = value;
          }
          const found = await refused(content);
          if (found) expect(found.message).toMatch(/^This .+\. .+\.$/);
        }),
        {numRuns: 200, seed: 20261128}
      );
    }
  });
});
