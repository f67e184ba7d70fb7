import {copyFileSync, rmSync, writeFileSync} from "node:fs";
import path from "node:path";
import sharp from "sharp";
import {beforeAll, expect, test} from "vitest";
import {readManifest} from "../../../../src/data/loaders/manifest.js";
import {chooseHardCells, makeThumbnails} from "../../../../src/data/loaders/thumbnails.js";
import {cellsPerSheet, hardSheets} from "../../../../src/data/shapes/cells.js";
import type {ManifestRow} from "../../../../src/data/shapes/manifest.js";
import {sampleSheets} from "../../../../src/data/shapes/shuffled.js";
import {makeDirectory, replaceAt} from "./fixture.js";

const all = readManifest("src/data/cells");
const none = {version: "", cells: [] as number[]};
/** The last two sheets as a set of their own: 256 cells and the 166 after them. */
const first = 106 * cellsPerSheet;
const rows = all.slice(first).map((row, i) => ({...row, sheet: Math.floor(i / 256), slot: i % 256}));
let directory: string;

beforeAll(() => {
  directory = makeDirectory();
  copyFileSync("src/data/cells/sheet-106.webp", path.join(directory, "sheet-000.webp"));
  copyFileSync("src/data/cells/sheet-107.webp", path.join(directory, "sheet-001.webp"));
});

const pixels = async (picture: Buffer | string, left: number, top: number) =>
  sharp(picture).extract({left, top, width: 50, height: 50}).removeAlpha().raw().toBuffer();
const meanDifference = (a: Buffer, b: Buffer) =>
  a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;

test("each thumbnail shows its own cell, small and much the same; hard cells lie where the list says", async () => {
  const hard = {version: "", cells: [300, 5]};
  const sheets = new Map(await makeThumbnails(rows, hard, directory));
  expect([...sheets.keys()].slice(0, 3)).toEqual(["sheet-000.webp", "sheet-001.webp", "hard-sheet-000.webp"]);
  expect(sheets.size).toBe(2 + hardSheets + sampleSheets);
  const [plain, hardSheet] = [sheets.get("sheet-000.webp")!, sheets.get("hard-sheet-000.webp")!];
  expect(plain.length).toBeLessThan(160_000);
  const [x, y] = [(5 % 16) * 50, 0];
  const truth = await pixels(path.join(directory, "sheet-000.webp"), x, y);
  expect(meanDifference(truth, await pixels(plain, x, y))).toBeLessThan(4);
  expect(meanDifference(truth, await pixels(hardSheet, 50, 0))).toBeLessThan(4);
  expect(meanDifference(truth, await pixels(hardSheet, 0, 0))).toBeGreaterThan(8);
  const again = new Map(await makeThumbnails(rows, hard, directory));
  for (const [name, bytes] of sheets) expect(again.get(name)!.equals(bytes)).toBe(true);
});

test("the first row whose picture is another one is named", async () => {
  const swapped = replaceAt(replaceAt(rows, 20, {...rows[20]!, red: 1}), 300, {...rows[300]!, red: 1});
  await expect(makeThumbnails(swapped, none, directory)).rejects.toThrow(
    /manifest\.csv, row 22: red is 1, but [\d.]+ in the picture, slot 20 of sheet-000\.webp/
  );
});

test("rows without pictures, pictures without rows, and sheets that cannot be read are named", async () => {
  const fails = (list: readonly ManifestRow[], place: string, sentence: string | RegExp) =>
    expect(makeThumbnails(list, none, place)).rejects.toThrow(sentence);
  await fails(
    rows.slice(0, 400),
    directory,
    "row 402: there is no such row, but slot 144 of sheet-001.webp holds a picture"
  );
  await fails(rows.slice(0, 256), directory, "the rows end before sheet-001.webp");
  await fails([...rows, rows[0]!], directory, /row 424: \w+ is [\d.]+, but [\d.]+ in the picture, slot 166/);
  const broken = makeDirectory();
  copyFileSync(path.join(directory, "sheet-000.webp"), path.join(broken, "sheet-000.webp"));
  await fails(rows, broken, "row 258: its picture should be in sheet-001.webp, which cannot be read");
  writeFileSync(path.join(broken, "sheet-001.webp"), "cat");
  await fails(rows, broken, "row 258: its picture should be in sheet-001.webp, which cannot be read");
  await sharp({create: {width: 10, height: 10, channels: 3, background: "red"}})
    .webp()
    .toFile(path.join(broken, "sheet-001.webp"));
  await fails(rows, broken, "row 258: its picture should be in sheet-001.webp, which is 10 × 10 pixels, not 800 × 800");
  rmSync(broken, {recursive: true});
});

test("hard cells: the network's worst come first, disputed ones are all among them, and the version follows the list", () => {
  const network = Float64Array.from(all, ({label}, i) =>
    i === 77 ? 0.99 : i === 9000 ? NaN : label === "parasitized" ? 0.98 : 0.02
  );
  const hard = chooseHardCells(all, {network});
  expect(hard.cells).toHaveLength(hardSheets * cellsPerSheet);
  expect(hard.cells[0]).toBe(77);
  const chosen = new Set(hard.cells);
  expect(all.every(({disputed}, i) => !disputed || chosen.has(i))).toBe(true);
  expect(chooseHardCells(all, {network}).version).toBe(hard.version);
  expect(chooseHardCells(all, {network: network.fill(0.5)}).version).not.toBe(hard.version);
});
