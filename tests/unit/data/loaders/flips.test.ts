import {mkdirSync, writeFileSync} from "node:fs";
import path from "node:path";
import sharp from "sharp";
import {expect, test} from "vitest";
import {drawFlips, readFlips} from "../../../../src/data/loaders/flips.js";
import {readHistories} from "../../../../src/data/loaders/history.js";
import {readManifest} from "../../../../src/data/loaders/manifest.js";
import {makeDirectory, manifestLines, writeManifest} from "./fixture.js";

const cells = writeManifest();
const manifest = readManifest(cells);
const files = manifestLines.map((line) => line.split(",")[0]!);

/** A model that kept these scores of cells by their place in the manifest, one an epoch, and ships a network of its own. */
function write(told: Record<number, number[]>, shipped: Record<number, number> = {}): string {
  const directory = makeDirectory();
  mkdirSync(path.join(directory, "epochs"));
  const count = Object.values(told)[0]!.length;
  const head = ["file", ...Array.from({length: count}, (_, i) => `epoch_${i + 1}`)].join();
  const rows = Object.entries(told).map(([place, scores]) => [files[Number(place)], ...scores].join());
  writeFileSync(path.join(directory, "epochs", "fold-3.csv"), [head, ...rows, ""].join("\n"));
  const own = Object.keys(told).map((place) => {
    const {file, label, patient} = manifest[Number(place)]!;
    return [file, label, patient, 3, shipped[Number(place)] ?? told[Number(place)]!.at(-1)].join();
  });
  const validation = ["file,label,patient,fold,p_parasitized", ...own, ""];
  writeFileSync(path.join(directory, "validation.csv"), validation.join("\n"));
  return directory;
}

// Cell 0 is uninfected, 1 too and disputed, 2 is parasitized.
const told = {0: [0.6, 0.4, 0.45], 1: [0.3, 0.9, 0.1], 2: [0.7, 0.5, 0.49]};

test("an answer flips where it crosses one half; the furthest moved come first, each cell has one picture", () => {
  const {epochs, ...rest} = readFlips(manifest, write(told, {2: 0.8}))!;
  const brief = epochs.map(({epoch, toRight, toWrong}) => ({
    epoch,
    right: toRight.map(({cell, slot}) => [cell, slot]),
    wrong: toWrong.map(({cell, slot}) => [cell, slot])
  }));
  expect(brief).toEqual([
    {epoch: 2, right: [[0, 0]], wrong: [[1, 1]]},
    {epoch: 3, right: [[1, 1]], wrong: [[2, 2]]}
  ]);
  expect(epochs[0]!.toWrong[0]).toEqual({
    cell: 1,
    file: files[1],
    label: "uninfected",
    disputed: true,
    before: 0.3,
    after: 0.9,
    width: 1,
    height: 1,
    slot: 1
  });
  expect(epochs[0]!.toRight[0]).toMatchObject({width: 1, height: 0.87});
  // Cells 0 and 1 are right in the end; the shipped network calls cell 2 otherwise.
  expect(rest).toMatchObject({fold: 3, cells: 3, right: 2, agreeing: 2, pictures: 3, side: 50, columns: 16});
});

test("to a side, eight cells of an epoch have pictures, the furthest moved", () => {
  const nine = Array.from({length: 9}, (_, i) => ({
    ...manifest[0]!,
    file: `C1_IMG_20150101_101010_cell_${100 + i}.png`
  }));
  const directory = makeDirectory();
  mkdirSync(path.join(directory, "epochs"));
  const write = (name: string, ...lines: string[]) => writeFileSync(path.join(directory, name), lines.join("\n"));
  write("epochs/fold-0.csv", "file,epoch_1,epoch_2", ...nine.map(({file}, i) => `${file},${0.55 + 0.05 * i},0.1`));
  write(
    "validation.csv",
    "file,label,patient,fold,p_parasitized",
    ...nine.map(({file}) => `${file},uninfected,C1,0,0.2`)
  );
  const {epochs, pictures} = readFlips(nine, directory)!;
  expect(epochs[0]!.toRight.map(({cell, slot}) => [cell, slot])).toEqual(
    Array.from({length: 9}, (_, i) => [8 - i, i < 8 ? i : null])
  );
  expect(pictures).toBe(8);
});

test("the shipped record has the epochs and the validation cells of the shipped training", () => {
  const {epochs, cells: count, fold, agreeing} = readFlips(readManifest("src/data/cells"), "models/student")!;
  const history = readHistories("models/student").find((one) => one.fold === fold)!;
  expect(epochs.map(({epoch}) => epoch)).toEqual(history.epochs.slice(1).map(({epoch}) => epoch));
  expect(count).toBe(history.recipe.validationCells);
  // Two runs of one recipe are alike, not the same.
  expect(agreeing / count).toBeGreaterThan(0.98);
});

test("without a record there is none; a cell that the shipped scores lack is named", () => {
  expect(readFlips(manifest, makeDirectory())).toBeNull();
  const directory = write(told);
  writeFileSync(
    path.join(directory, "validation.csv"),
    `file,label,patient,fold,p_parasitized\n${files[0]},uninfected,C1,3,0.1\n`
  );
  expect(() => readFlips(manifest, directory)).toThrow("row 3: validation.csv has no such cell of this fold");
  writeFileSync(path.join(directory, "epochs", "fold-3.csv"), `file,epoch_1\n${files[0]},1.5\n`);
  expect(() => readFlips(manifest, directory)).toThrow("epoch_1 must be a number from 0 to 1");
});

test("the sheet holds the pictures in the order of their slots", async () => {
  const pixels = Buffer.alloc(800 * 800 * 3);
  for (let i = 0; i < 800 * 800; i++) pixels.fill(40 + Math.floor((i % 800) / 50) * 40, 3 * i, 3 * i + 3);
  await sharp(pixels, {raw: {width: 800, height: 800, channels: 3}})
    .webp({lossless: true})
    .toFile(path.join(cells, "sheet-000.webp"));
  const flips = readFlips(manifest, write({2: [0.7, 0.2], 0: [0.6, 0.1]}))!;
  const {data, info} = await sharp(await drawFlips(flips, cells))
    .raw()
    .toBuffer({resolveWithObject: true});
  expect([info.width, info.height]).toEqual([800, 50]);
  const middle = (slot: number) => data[(25 * 800 + slot * 50 + 25) * 3]!;
  const order = [flips.epochs[0]!.toRight[0]!, flips.epochs[0]!.toWrong[0]!];
  expect(order.map(({slot, cell}) => [slot, cell])).toEqual([
    [0, 0],
    [1, 2]
  ]);
  expect(Math.abs(middle(0) - 40)).toBeLessThan(4);
  expect(Math.abs(middle(1) - 120)).toBeLessThan(4);
  const none = await sharp(await drawFlips(null)).metadata();
  expect([none.width, none.height]).toEqual([800, 50]);
});
