import {createHash} from "node:crypto";
import {readFileSync} from "node:fs";
import {readFile, readdir} from "node:fs/promises";
import {join} from "node:path";
import {group, rollup} from "d3";
import {csvParse} from "d3-dsv";
import sharp from "sharp";
import {describe, expect, it} from "vitest";
import {colourFigures} from "../../../../src/data/pack/figures.js";
import {compareCells} from "../../../../src/data/pack/manifest.js";
import type {Split} from "../../../../src/data/pack/split.js";
import {cellValues, parseCellName} from "../../../../src/data/shapes/cells.js";
import type {Label} from "../../../../src/data/shapes/cells.js";

const folder = "src/data/cells";
const rows = csvParse(readFileSync(join(folder, "manifest.csv"), "utf8"));
const split = JSON.parse(readFileSync(join(folder, "split.json"), "utf8")) as Split;

describe("the committed packed cells", () => {
  it("are the files of checksums.json, byte for byte", async () => {
    const {files} = JSON.parse(await readFile(join(folder, "checksums.json"), "utf8")) as {
      files: {path: string; bytes: number; sha256: string}[];
    };
    const present = (await readdir(folder)).filter((name) => name !== "checksums.json").sort();
    expect(files.map(({path}) => path)).toEqual(present);
    expect(present.length).toBe(110);
    for (const {path, bytes, sha256} of files) {
      const content = await readFile(join(folder, path));
      expect([content.length, createHash("sha256").update(content).digest("hex")], path).toEqual([bytes, sha256]);
    }
  });

  it("hold every cell once, in order, with label, second opinion and patient", () => {
    expect(rows.length).toBe(27558);
    expect(new Set(rows.map(({file}) => file)).size).toBe(27558);
    expect(
      [
        ...rollup(
          rows,
          (same) => same.length,
          ({label}) => label
        )
      ].sort()
    ).toEqual([
      ["parasitized", 13779],
      ["uninfected", 13779]
    ]);
    const disputed = rows.filter((row) => row.disputed === "1");
    expect(
      [
        ...rollup(
          disputed,
          (same) => same.length,
          ({label}) => label
        )
      ].sort()
    ).toEqual([
      ["parasitized", 647],
      ["uninfected", 750]
    ]);
    expect(new Set(rows.map(({patient}) => patient)).size).toBe(200);
    expect(new Set(rows.map(({photograph}) => photograph)).size).toBe(1408);
    expect(rows.filter(({width}) => width).length).toBe(23633);
    const cells = rows.map(({file, label}) => ({...parseCellName(file!)!, label: label as Label}));
    for (const [i, cell] of cells.slice(1).entries()) expect(compareCells(cells[i]!, cell)).toBeLessThan(0);
    for (const [i, {sheet, slot}] of rows.entries()) expect(Number(sheet) * 256 + Number(slot)).toBe(i);
  });

  it("have no patient in two folds, and the folds of split.json", () => {
    const folds = group(rows, ({patient}) => patient!);
    for (const [patient, cells] of folds) {
      const fold = Number(cells[0]!.fold);
      expect(new Set(cells.map((cell) => cell.fold)).size).toBe(1);
      expect(split.folds[fold]!.test).toContain(patient);
      expect(split.folds[fold]!.train).not.toContain(patient);
      expect(split.folds[fold]!.validation).not.toContain(patient);
    }
  });

  it("decode to 800×800 RGB sheets whose pixels have the manifest's colour figures", async () => {
    const sheets = (await readdir(folder)).filter((name) => name.endsWith(".webp"));
    expect(sheets.length).toBe(108);
    for (const name of sheets) {
      expect(await sharp(join(folder, name)).metadata(), name).toMatchObject({
        format: "webp",
        width: 800,
        height: 800,
        channels: 3
      });
    }
    for (const sheet of [0, 53, 107]) {
      const picture = sharp(join(folder, `sheet-${String(sheet).padStart(3, "0")}.webp`));
      const pixels = await picture.raw().toBuffer();
      for (const row of rows.filter((candidate) => candidate.sheet === String(sheet))) {
        const slot = Number(row.slot);
        const cell = new Uint8Array(cellValues);
        for (let y = 0; y < 50; ++y) {
          const start = ((Math.floor(slot / 16) * 50 + y) * 800 + (slot % 16) * 50) * 3;
          cell.set(pixels.subarray(start, start + 150), y * 150);
        }
        const figures = colourFigures(cell);
        for (const [figure, value] of Object.entries(figures)) {
          expect(Math.abs(value - Number(row[figure])), `${row.file} ${figure}`).toBeLessThan(0.00501);
        }
        expect(figures.frame).toBeLessThan(0.9);
      }
      if (sheet === 107) expect(Math.max(...pixels.subarray(-800 * 50 * 3))).toBe(0);
    }
  });
});
