import {readFileSync} from "node:fs";
import {decode} from "bmp-ts";
import sharp from "sharp";
import {afterEach, beforeEach, describe, expect, test, vi} from "vitest";
import {knownPicture} from "../../../../src/components/formats/browser-pixels.js";
import type * as BrowserPixels from "../../../../src/components/formats/browser-pixels.js";
import {orientationOf} from "../../../../src/components/formats/without-canvas.js";
import {CELL, bmp, encoded, pixelsOf} from "../../../fixtures/pictures.js";

test("the known picture is a BMP file with its pixels, each place another", () => {
  const {file, pixels} = knownPicture();
  const {data, width, height} = decode(Buffer.from(file), {toRGBA: true});
  expect([width, height]).toEqual([32, 32]);
  for (let n = 0; n < pixels.length; n++)
    if (n % 4 < 3 && data[n] !== pixels[n]) throw new Error(`Value ${n} differs.`);
  const colours = new Set(Array.from({length: 1024}, (_, n) => pixels.slice(n * 4, n * 4 + 3).join()));
  expect(colours.size).toBeGreaterThan(500);
});

test("how a JPEG lies is read from its EXIF data, whatever their byte order", async () => {
  for (let orientation = 1; orientation <= 8; orientation++) {
    const jpeg = await encoded(sharp(CELL).withMetadata({orientation}).jpeg());
    expect(orientationOf(jpeg)).toBe(orientation);
  }
  expect(orientationOf(await encoded(sharp(CELL).jpeg()))).toBe(1);
  expect(orientationOf(Uint8Array.of(255, 0xd8, 255, 0xe1, 0, 20, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d))).toBe(1);
});

describe("a browser", () => {
  /** BMP alone, as its bitmaps. */
  const bitmapOf = async (file: Blob) => {
    const {data, width, height} = decode(Buffer.from(await file.arrayBuffer()), {toRGBA: true});
    for (let n = 3; n < data.length; n += 4) data[n] = 255;
    return {data: new Uint8ClampedArray(data), width, height, close: () => {}};
  };
  type Bitmap = Awaited<ReturnType<typeof bitmapOf>>;
  const cut = ({data, width}: Bitmap, x: number, y: number, columns: number, rows: number) => {
    const part = new Uint8ClampedArray(columns * rows * 4);
    for (let row = 0; row < rows; row++) {
      const from = ((y + row) * width + x) * 4;
      part.set(data.subarray(from, from + columns * 4), row * columns * 4);
    }
    return part;
  };
  const canvasWith = (change: (pixels: Uint8ClampedArray) => void) =>
    class {
      constructor(
        readonly width: number,
        readonly height: number
      ) {}
      getContext() {
        let drawn: Uint8ClampedArray;
        return {
          drawImage: (bitmap: Bitmap, x: number, y: number) =>
            (drawn = cut(bitmap, x === 0 ? 0 : -x, y === 0 ? 0 : -y, this.width, this.height)),
          getImageData: () => {
            change(drawn);
            return {data: drawn};
          }
        };
      }
    };
  class Frame {
    constructor(readonly bitmap: Bitmap) {}
    allocationSize = ({rect}: {rect: DOMRect}) => rect.width * rect.height * 4;
    close() {}
    async copyTo(into: Uint8ClampedArray, {rect: {x, y, width, height}}: {rect: DOMRect}) {
      into.set(cut(this.bitmap, x, y, width, height));
    }
  }
  const noise = (pixels: Uint8ClampedArray) => void (pixels[77]! ^= 1);
  let pixels: typeof BrowserPixels;
  const header = (kind: "PNG" | "JPEG" | "BMP") => ({kind, width: 1, height: 1, frames: 1});
  let cell: {data: Uint8Array; width: number; height: number};
  const part = {x: 3, y: 5, width: 7, height: 2};

  beforeEach(async () => {
    // What reads is asked once a page.
    vi.resetModules();
    pixels = await import("../../../../src/components/formats/browser-pixels.js");
    cell = await pixelsOf(CELL);
    vi.stubGlobal("createImageBitmap", bitmapOf);
    vi.stubGlobal("VideoFrame", undefined);
  });
  afterEach(() => void vi.unstubAllGlobals());

  const rgb = ({data}: {data: Uint8ClampedArray}) => Uint8Array.from(data.filter((_, n) => n % 4 < 3));
  async function expectTrue() {
    expect(await pixels.hidesPixels()).toBe(false);
    const decoded = await pixels.decodeInBrowser(bmp(cell), header("BMP"));
    expect(rgb(decoded)).toEqual(cell.data);
    const bitmap = await bitmapOf(new Blob([bmp(cell)]));
    const read = await pixels.readPixels(bitmap as unknown as ImageBitmap, part);
    expect(read).toEqual(cut(bitmap, part.x, part.y, part.width, part.height));
  }

  test("whose canvas tells the truth is read by it", async () => {
    vi.stubGlobal(
      "OffscreenCanvas",
      canvasWith(() => {})
    );
    await expectTrue();
  });

  test("whose canvas changes one bit is read by a video frame, and its canvas is not used", async () => {
    vi.stubGlobal("OffscreenCanvas", canvasWith(noise));
    vi.stubGlobal("VideoFrame", Frame);
    await expectTrue();
  });

  test("that gives no true pixels has PNG and JPEG read by libraries, and says which permission the others want", async () => {
    vi.stubGlobal("OffscreenCanvas", canvasWith(noise));
    const png = await pixels.decodeInBrowser(new Uint8Array(readFileSync(CELL)), header("PNG"));
    expect(rgb(png)).toEqual(cell.data);
    const jpeg = await encoded(sharp(CELL).resize(80, 40, {fit: "fill"}).withMetadata({orientation: 6}).jpeg());
    const upright = await pixelsOf(await encoded(sharp(jpeg).autoOrient().png()));
    const read = await pixels.decodeInBrowser(jpeg, header("JPEG"));
    expect([read.width, read.height]).toEqual([40, 80]);
    const off = rgb(read).map((value, n) => Math.abs(value - upright.data[n]!));
    expect(off.reduce((sum, value) => sum + value) / off.length).toBeLessThan(3);
    await expect(pixels.decodeInBrowser(bmp(cell), header("BMP"))).rejects.toMatchObject({
      code: "hidden",
      message: expect.stringContaining("Allow this site to use canvas image data")
    });
  });
});
