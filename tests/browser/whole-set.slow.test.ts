import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {basename, join} from "node:path";
import sharp from "sharp";
import {afterAll, beforeAll, expect, test} from "vitest";
import {openCrew} from "../../models/score/crew.js";
import {openFiles} from "../../models/score/files.js";
import {COLUMNS} from "../../models/score/scorer.js";
import {toCsv} from "../../src/components/ui/csv.js";
import type {Row} from "../../src/components/ui/csv.js";
import {readManifest} from "../../src/data/loaders/manifest.js";
import {readPackedCells} from "../../src/data/loaders/packed-cells.js";
import {cellValues} from "../../src/data/shapes/cells.js";
import {openSite} from "./harness.js";
import type {Site} from "./harness.js";
import {compareWithScores, compareWithShipped, dropFolder} from "./whole-set.js";

// A part of the set, dropped as one folder of two as the official archive has them. The whole: npm run bench:drop.

const COUNT = 200;
let site: Site;
let folder: string;

beforeAll(async () => {
  site = await openSite({webgl: false, isolated: true});
  folder = join(mkdtempSync(join(tmpdir(), "whole-set-")), "cell_images");
  const manifest = readManifest();
  const places = Array.from({length: COUNT}, (_, n) => Math.floor((n * manifest.length) / COUNT));
  const bytes = await readPackedCells(places);
  for (const [n, place] of places.entries()) {
    const {file, label} = manifest[place]!;
    const into = join(folder, label);
    mkdirSync(into, {recursive: true});
    const raw = {width: 50, height: 50, channels: 3 as const};
    const cell = bytes.subarray(n * cellValues, (n + 1) * cellValues);
    await sharp(cell, {raw}).png().toFile(join(into, file));
  }
  writeFileSync(join(folder, ".DS_Store"), "x");
});
afterAll(async () => {
  await site?.close();
  if (folder) rmSync(join(folder, ".."), {recursive: true});
});

test("a folder of many cells goes through in one drop; its table is that of npm run score and of the shipped scores", async () => {
  const {rows, status, megabytes, faults} = await dropFolder(site, folder);
  console.log(`${status} At most ${Math.round(megabytes)} MB.`);
  expect(rows.length).toBe(COUNT);
  expect(status).toContain("1 skipped.");
  expect(faults).toEqual([]);
  const scored: Row[] = [];
  const [{files}, crew] = await Promise.all([openFiles(folder), openCrew(2)]);
  await crew.score(files(), ({row}) => void scored.push(row));
  await crew.close();
  const {distances, unlike} = compareWithScores(rows, toCsv(scored, COLUMNS));
  expect(unlike).toEqual([]);
  const shipped = compareWithShipped(rows);
  for (const network of ["resnet34", "student"] as const) {
    expect(distances[network].compared).toBeGreaterThan(COUNT * 0.9);
    expect(distances[network].furthest).toBeLessThan(1e-6);
    expect(shipped[network].compared).toBeGreaterThan(COUNT / 10);
    expect(shipped[network].furthest).toBeLessThan(1e-3);
  }
  expect(new Set(rows.map(({path}) => basename(path!))).size).toBe(COUNT);
}, 900_000);
