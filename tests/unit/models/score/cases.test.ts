import {readFileSync} from "node:fs";
import {basename} from "node:path";
import {beforeAll, expect, test} from "vitest";
import {openFiles} from "../../../../models/score/files.js";
import {openScorer} from "../../../../models/score/scorer.js";
import type {Scored} from "../../../../models/score/scorer.js";

// The same cell in whatever file people bring it: by value, with the shipped networks.

const CASES = "tests/fixtures/cases";
let score: (path: string) => Promise<Scored>;
let like: number;

beforeAll(async () => {
  const scorer = await openScorer();
  score = (path) => scorer({path, bytes: new Uint8Array(readFileSync(`${CASES}/${path}`))});
  like = (await score("tiff/same-cell.png")).row.p_resnet34 as number;
  expect(like).toBeGreaterThan(0.9);
});

test.each([
  ["tiff/plain.tif", 1e-6],
  ["tiff/lzw.tif", 1e-6],
  ["tiff/bigtiff.tif", 1e-6],
  ["tiff/stack-3pages.tif", 1e-6],
  ["tiff/sixteen.tif", 1e-3],
  ["tiff/jpeg-in.tif", 5e-3],
  ["bits/png-12bit-in-16.png", 5e-3],
  ["cut-short/png-no-IEND.png", 1e-6],
  ["cut-short/bmp-last-pad-missing.bmp", 1e-6],
  ["cut-short/jpeg-no-EOI.jpg", 5e-3],
  ["kinds/web.avif", 5e-3]
])("%s is answered like the PNG of its cell", async (path, within) => {
  const {row, isRead} = await score(path);
  expect(row).toMatchObject({file: basename(path), path, called: "parasitized", refused: null});
  expect(Math.abs((row.p_resnet34 as number) - like)).toBeLessThan(within);
  expect(isRead).toBe(true);
});

test("a microscope's own file is named, with what to do", async () => {
  const {row, isRead} = await score("kinds/zeiss.czi");
  expect(row.refused).toMatch(/^This is a Zeiss microscope file \(CZI\).* export the field as TIFF or PNG/);
  expect([row.called, row.p_resnet34, isRead]).toEqual([null, null, false]);
});

test("a folder as people keep it: seven pictures by their paths, in whatever script, and what lies beside them skipped", async () => {
  const {files, skipped, close} = await openFiles(`${CASES}/names/slides.zip`);
  expect(skipped).toBe(4);
  const paths = files.map(({path}) => path);
  expect(paths.filter((path) => path.endsWith("/cell_1.png"))).toEqual([
    "slides/patient 1/fields/cell_1.png",
    "slides/patient 2/fields/cell_1.png"
  ]);
  expect(paths).toHaveLength(7);
  expect(paths.some((path) => path.startsWith("slides/患者４/"))).toBe(true);
  await close();
  expect((await openFiles(`${CASES}/kinds`)).skipped).toBe(1);
});
