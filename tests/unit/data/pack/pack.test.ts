import {existsSync, mkdtempSync, rmSync} from "node:fs";
import {writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {csvParse} from "d3-dsv";
import sharp from "sharp";
import {beforeAll, describe, expect, it, vi} from "vitest";
import {pack} from "../../../../src/data/pack/pack.js";
import {fixtureFiles, fixtureFolder, readFolder, temporaryFolder, writeZip} from "./support.js";

vi.setConfig({testTimeout: 120_000});

const failure = async (files: Map<string, Buffer>, options = {}) => {
  const out = join(temporaryFolder(), "out");
  const error = await pack(await writeZip(files), {out, partial: true, ...options}).catch((reason: unknown) => reason);
  expect(existsSync(out)).toBe(false);
  return (error as Error).message;
};

describe("pack", () => {
  let written: Map<string, Buffer>;
  beforeAll(async () => {
    const out = mkdtempSync(join(tmpdir(), "cells-"));
    try {
      await writeFile(join(out, "sheet-009.webp"), "left from an earlier, larger set");
      await pack(fixtureFolder("original"), {out, partial: true});
      written = readFolder(out);
    } finally {
      rmSync(out, {recursive: true});
    }
  });

  it("writes the same bytes from full-size cells, 50×50 cells, zip and folder, and reports stray files", async () => {
    const [first, second] = [temporaryFolder(), temporaryFolder()];
    const result = await pack(await writeZip(fixtureFiles("original")), {out: first, partial: true, verify: true});
    expect(result).toMatchObject({cells: 16, sheets: 1, strays: []});
    const files = fixtureFiles("50px").set("cell_images/Parasitized/Thumbs.db", Buffer.from("x"));
    const withStray = await pack(await writeZip(files), {out: second, partial: true});
    expect(withStray).toMatchObject({cells: 16, strays: ["cell_images/Parasitized/Thumbs.db"]});
    expect([...written.keys()].sort()).toEqual(["checksums.json", "manifest.csv", "sheet-000.webp", "split.json"]);
    expect(readFolder(first)).toEqual(written);
    expect(readFolder(second)).toEqual(written);
  });

  it("puts each cell's 50×50 pixels where the manifest says", async () => {
    const rows = csvParse(String(written.get("manifest.csv")));
    const renditions = fixtureFiles("50px");
    for (const {file, label, slot, photograph} of rows) {
      const folder = label === "parasitized" ? "Parasitized" : "Uninfected";
      const [left, top] = [(Number(slot) % 16) * 50, Math.floor(Number(slot) / 16) * 50];
      const cut = sharp(written.get("sheet-000.webp")).extract({left, top, width: 50, height: 50});
      const rendition = sharp(renditions.get(`cell_images/${folder}/${file}`));
      expect((await cut.raw().toBuffer()).equals(await rendition.raw().toBuffer())).toBe(true);
      expect(file!.startsWith(`${photograph}_cell_`)).toBe(true);
    }
    expect(rows.map(({patient}) => Number(patient!.slice(1)))).toEqual([
      47, 47, 48, 61, 84, 86, 91, 110, 116, 127, 137, 137, 138, 158, 182, 182
    ]);
    const disputed = rows.filter((row) => row.disputed === "1").map(({file}) => file);
    expect(disputed).toEqual([
      "C116P77ThinF_IMG_20150930_171809_cell_63.png",
      "C127P88ThinF_IMG_20151004_111526_cell_66.png",
      "C182P143NThinF_IMG_20151201_172607_cell_36.png"
    ]);
    expect(rows.filter(({width, height}) => width === "" && height === "").length).toBe(2);
  });

  it("gives the committed packed cells' rows, but for the place in the sheet", () => {
    const committed = readFolder("src/data/cells");
    expect(written.get("split.json")).toEqual(committed.get("split.json"));
    const read = (content: Buffer) => csvParse(String(content));
    const byFile = new Map(read(committed.get("manifest.csv")!).map((row) => [row.file, row]));
    for (const row of read(written.get("manifest.csv")!)) {
      const {sheet, slot} = byFile.get(row.file)!;
      expect({...row, sheet, slot}).toEqual(byFile.get(row.file));
    }
  });

  it("names every bad picture, duplicate and unlisted cell in one error, and writes nothing", async () => {
    const files = fixtureFiles("50px");
    const [truncated, grey, doubled] = [...files.keys()];
    files.set(truncated!, files.get(truncated!)!.subarray(0, 1500));
    files.set(grey!, await sharp(files.get(grey!)).toColourspace("b-w").png().toBuffer());
    files.set(doubled!.replace("Parasitized", "Uninfected"), files.get(doubled!)!);
    files.set("cell_images/Uninfected/C999_IMG_1_cell_1.png", files.get(doubled!)!);
    const message = await failure(files);
    expect(message).toMatch(/^4 problems found, nothing was written:/);
    expect(message).toContain(`${truncated} can't be decoded (`);
    expect(message).toContain(`${grey} is not 8-bit RGB (bit depth 8, PNG colour type 0)`);
    expect(message).toContain(`${doubled!.split("/").at(-1)} is there 2 times`);
    expect(message).toContain("C999_IMG_1_cell_1.png is missing from the patient lists");
  });

  it("asks for all 27,558 cells unless the archive may be partial", async () => {
    const message = await failure(fixtureFiles("50px"), {partial: false});
    expect(message).toMatch(/^27542 problems found/);
    expect(message).toMatch(/\.png is missing from the archive\n/);
    expect(message).toMatch(/… and 27532 more\n.*packed with --partial\.$/);
  });

  it("can require the official originals", async () => {
    const message = await failure(fixtureFiles("50px"), {verify: true});
    expect(message).toMatch(/^16 problems found/);
    expect(message).toContain("is not the official original (wrong SHA-256)");
  });
});
