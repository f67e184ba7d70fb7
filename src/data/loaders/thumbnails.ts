import {readdirSync} from "node:fs";
import path from "node:path";
import sharp from "sharp";
import {sha256} from "../pack/digest.js";
import {colourFigures} from "../pack/figures.js";
import {composeSheet} from "../pack/sheets.js";
import {cellValues, cellsPerSheet, hardSheets, sheetName} from "../shapes/cells.js";
import type {HardCells} from "../shapes/cells.js";
import {decimalsOf} from "../shapes/manifest.js";
import type {ColourFigures, ManifestRow} from "../shapes/manifest.js";
import {sampleCount, sampleSheets, shuffledCells} from "../shapes/shuffled.js";
import {cutCell, sheetSide as side} from "./packed-cells.js";
import {DataProblem} from "./read.js";
import type {CellScores} from "./scores.js";

/**
 * The cells that have a second thumbnail on sheets of their own, hardest first: those that the network calls wrong or
 * that are disputed lie all over the set, and a screen of them would else take dozens of sheets.
 */
export function chooseHardCells(rows: readonly ManifestRow[], {network}: Pick<CellScores, "network">): HardCells {
  const hardness = rows.map(({label, disputed}, i) => {
    const miss = Math.abs(network[i]! - Number(label === "parasitized"));
    return Math.max(Number.isNaN(miss) ? 0 : miss, disputed ? 0.5 : 0);
  });
  const cells = [...rows.keys()]
    .sort((a, b) => hardness[b]! - hardness[a]! || a - b)
    .slice(0, hardSheets * cellsPerSheet);
  return {version: sha256(cells.join()).slice(0, 8), cells};
}

/** How a thumbnail sheet is encoded; quality 75 of lossy WebP takes about 400 bytes a cell. */
const encode = (pixels: Uint8Array) =>
  sharp(pixels, {raw: {width: side, height: side, channels: 3}})
    .webp({quality: 75, effort: 2})
    .toBuffer();

/**
 * Makes the thumbnail sheets: one lossy copy of each packed sheet under the same name, then those of the hard cells and
 * those of the head of the shuffled order.
 * Every picture is held against its row of the manifest on the way.
 *
 * @returns name and bytes of each sheet, in order; the same cells give the same bytes (with the pinned sharp)
 * @throws DataProblem naming the first row whose sheet is missing or whose picture has other colour figures
 */
export async function makeThumbnails(
  rows: readonly ManifestRow[],
  hard: HardCells,
  directory: string
): Promise<[name: string, bytes: Buffer][]> {
  const manifest = path.join(directory, "manifest.csv");
  const count = Math.ceil(rows.length / cellsPerSheet);
  const surplus = readdirSync(directory).find((name) => /^sheet-\d+\.webp$/.test(name) && name >= sheetName(count));
  if (surplus) throw new DataProblem(manifest, `the rows end before ${surplus}; pack the cells again`);
  const copies = [
    {kind: "hard", count: hardSheets, cells: hard.cells},
    {kind: "sample", count: sampleSheets, cells: [...shuffledCells().subarray(0, sampleCount)]}
  ].map((copy) => ({...copy, slots: new Map(copy.cells.map((cell, i) => [cell, i])), pixels: [] as Uint8Array[]}));
  const sheets: [string, Buffer][] = [];
  for (let sheet = 0; sheet < count; sheet++) {
    const first = sheet * cellsPerSheet;
    const pixels = await readSheet(path.join(directory, sheetName(sheet)), manifest, first + 2);
    for (let slot = 0; slot < cellsPerSheet; slot++) {
      const cell = cutCell(pixels, slot);
      compare(cell, rows[first + slot], {manifest, row: first + slot + 2, sheet, slot});
      for (const {slots, pixels: copied} of copies) {
        const place = slots.get(first + slot);
        if (place !== undefined) copied[place] = cell;
      }
    }
    sheets.push([sheetName(sheet), await encode(pixels)]);
  }
  const black = new Uint8Array(cellValues);
  for (const {kind, count: copied, pixels} of copies) {
    for (let sheet = 0; sheet < copied; sheet++) {
      const cells = Array.from(
        pixels.slice(sheet * cellsPerSheet, (sheet + 1) * cellsPerSheet),
        (cell) => cell ?? black
      );
      sheets.push([`${kind}-${sheetName(sheet)}`, await encode(composeSheet(cells))]);
    }
  }
  return sheets;
}

async function readSheet(file: string, manifest: string, row: number): Promise<Uint8Array> {
  const fail = (sentence: string): never => {
    throw new DataProblem(manifest, `its picture should be in ${path.basename(file)}, ${sentence}`, row);
  };
  const {data, info} = await sharp(file)
    .removeAlpha()
    .raw()
    .toBuffer({resolveWithObject: true})
    .catch((error: Error) => fail(`which cannot be read (${error.message})`));
  if (info.width !== side || info.height !== side) {
    fail(`which is ${info.width} × ${info.height} pixels, not ${side} × ${side}`);
  }
  return data;
}

function compare(
  cell: Uint8Array,
  row: ManifestRow | undefined,
  {manifest, row: line, sheet, slot}: {manifest: string; row: number; sheet: number; slot: number}
): void {
  const place = `slot ${slot} of ${sheetName(sheet)}`;
  if (!row) {
    if (cell.some((value) => value > 0)) {
      throw new DataProblem(manifest, `there is no such row, but ${place} holds a picture; pack the cells again`, line);
    }
    return;
  }
  const figures = colourFigures(cell);
  for (const [name, decimals] of Object.entries(decimalsOf) as [keyof ColourFigures, number][]) {
    const found = Number(figures[name].toFixed(decimals));
    if (found === row[name]) continue;
    throw new DataProblem(manifest, `${name} is ${row[name]}, but ${found} in the picture, ${place}`, line);
  }
}
