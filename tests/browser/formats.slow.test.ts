import {readFileSync} from "node:fs";
import sharp from "sharp";
import {afterAll, beforeAll, expect, test} from "vitest";
import {mutations} from "../fixtures/bad-pictures.js";
import {CELL, encoded} from "../fixtures/pictures.js";
import {WORKERS, codes, dropMany, openCounted} from "./counted-page.js";
import {openSite} from "./harness.js";
import type {Site} from "./harness.js";

// Damaged files of the formats that libraries of ours decode, and of AVIF: cut at every tenth and changed byte by byte.

let site: Site;
beforeAll(async () => {
  site = await openSite({webgl: false});
});
afterAll(() => site?.close());

const read = (name: string) => async () => new Uint8Array(readFileSync(`tests/fixtures/${name}`));
const small = () => sharp(CELL).resize(60, 60);

test.each([
  ["TIFF, LZW", () => encoded(small().tiff({compression: "lzw"}))],
  ["TIFF, tiled, Deflate", () => encoded(small().tiff({compression: "deflate", tile: true}))],
  ["TIFF, JPEG inside", () => encoded(small().tiff({compression: "jpeg"}))],
  ["BigTIFF", () => encoded(small().tiff({bigtiff: true, compression: "none"}))],
  ["TIFF, three pages", read("cases/tiff/stack-3pages.tif")],
  ["HEIC", read("formats/cell.heic")],
  ["JPEG 2000", read("formats/cell.jp2")],
  ["JPEG 2000, a bare codestream", read("formats/cell.j2k")],
  ["AVIF", () => encoded(small().avif())],
  ["PNG of 16 bits", () => encoded(small().toColourspace("rgb16").png())]
])("%s: cut at every tenth, and 200 times changed, gets an answer or a sentence", async (_, make) => {
  const whole = await make();
  const {page, workers, close} = await openCounted(site);
  const cut = Array.from({length: 9}, (_, n) => whole.slice(0, Math.floor((whole.length * (n + 1)) / 10)));
  const damaged = [...cut, ...mutations([whole], 200, 20_261_129)];
  const files = [whole, ...damaged, whole].map((content, n) => ({name: `file-${n}`, content}));
  const got = await dropMany(page, files);
  expect(got.length).toBe(files.length);
  for (const {file, p_parasitized: p, refused} of got) {
    if (refused === null) expect(p, file).toSatisfy((value: number) => value >= 0 && value <= 1);
    else expect(codes, file).toContain(refused);
  }
  expect(got.slice(1, 10).filter(({refused}) => refused !== null).length).toBeGreaterThan(2);
  // The whole file is answered, and after all the others the same.
  expect(got[0]!.refused).toBeNull();
  expect(got.at(-1)!.p_parasitized).toBe(got[0]!.p_parasitized);
  expect(workers).toEqual(WORKERS);
  await close();
});
