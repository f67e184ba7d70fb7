import sharp from "sharp";
import {describe, expect, test} from "vitest";
import {requireAllPixels} from "../../../../src/components/formats/all-pixels.js";
import {readPictureHeader} from "../../../../src/components/formats/header.js";
import type {BrowserKind} from "../../../../src/components/formats/sniff.js";
import {CELL, encoded} from "../../../fixtures/pictures.js";

const small = () => sharp(CELL).resize(60, 41, {fit: "fill"});
const check = async (bytes: Uint8Array<ArrayBuffer>, kind: BrowserKind) =>
  requireAllPixels(bytes, readPictureHeader(bytes, kind)).then(
    () => "whole",
    (error: {code: string}) => error.code
  );

describe("requireAllPixels", () => {
  test("lets a JPEG without its end mark pass, and none that lacks a byte more", async () => {
    for (const chromaSubsampling of ["4:2:0", "4:4:4"]) {
      const jpeg = await encoded(small().jpeg({chromaSubsampling, quality: 90}));
      expect(await check(jpeg.slice(0, -2), "JPEG")).toBe("whole");
      for (const short of [6, 40, 200, 400]) expect(await check(jpeg.slice(0, -2 - short), "JPEG")).toBe("truncated");
    }
  });

  test("lets a PNG without its last chunk pass, interlaced or not, and none whose data stop early", async () => {
    for (const options of [{}, {progressive: true}, {palette: true}, {palette: true, progressive: true}]) {
      const png = await encoded(small().png(options));
      expect(await check(png.slice(0, -12), "PNG")).toBe("whole");
      const end = png.findIndex((_, at) => String.fromCharCode(...png.subarray(at, at + 4)) === "IDAT");
      const length = new DataView(png.buffer).getUint32(end - 4);
      const cut = png.slice(0, end + 4 + length - 60 + 4);
      new DataView(cut.buffer).setUint32(end - 4, length - 60);
      expect(await check(cut, "PNG")).toBe("truncated");
    }
  });

  test("says nothing of a file that ends as it should", async () => {
    expect(await check(await encoded(small().jpeg()), "JPEG")).toBe("whole");
    expect(await check(await encoded(small().gif()), "GIF")).toBe("whole");
  });
});
