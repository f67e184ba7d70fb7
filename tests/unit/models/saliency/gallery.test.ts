import {readFileSync} from "node:fs";
import sharp from "sharp";
import {expect, test} from "vitest";
import {countPeaks, drawKinds, kindOfAnswer, mappedPictures} from "../../../../models/saliency/gallery.js";
import {readManifest} from "../../../../src/data/loaders/manifest.js";
import {readMetadata} from "../../../../src/data/loaders/metadata.js";
import {readPredictions} from "../../../../src/data/loaders/predictions.js";
import {modelDirectory} from "../../../../src/data/loaders/read.js";
import {cellPixels, cellSide} from "../../../../src/data/shapes/cells.js";
import type {SaliencyGallery} from "../../../../src/data/shapes/saliency.js";

test("an answer is found, missed, a false alarm or cleared; the threshold itself is called", () => {
  const kind = (label: number, score: number) => kindOfAnswer({label, score}, 0.5);
  expect([kind(1, 0.5), kind(1, 0.4), kind(0, 0.5), kind(0, 0.4)]).toEqual(["found", "missed", "alarms", "cleared"]);
});

test("as many of each kind as are wished, drawn by the seed", () => {
  const cells = Array.from({length: 40}, (_, place) => ({place, label: place % 2, score: place % 4 < 2 ? 0.9 : 0.1}));
  const drawn = drawKinds(cells, {threshold: 0.5, most: 5, seed: 1});
  expect([...drawn].map(([kind, own]) => [kind, own.length])).toEqual(
    ["found", "missed", "alarms", "cleared"].map((kind) => [kind, 5])
  );
  for (const [kind, own] of drawn) for (const cell of own) expect(kindOfAnswer(cell, 0.5)).toBe(kind);
  expect(drawKinds(cells, {threshold: 0.5, most: 5, seed: 1})).toEqual(drawn);
  expect(drawKinds(cells, {threshold: 0.5, most: 5, seed: 2})).not.toEqual(drawn);
});

/** A round pink cell with a magenta spot, and a map with one peak. */
function mapped(peak: {x: number; y: number}, spot = true) {
  const cell = new Uint8ClampedArray(cellPixels * 3);
  for (let y = 0; y < cellSide; y++) {
    for (let x = 0; x < cellSide; x++) {
      if (Math.hypot(x - 25, y - 25) > 20) continue;
      const isSpot = spot && Math.hypot(x - 30, y - 25) < 2.5;
      cell.set(isSpot ? [150, 40, 150] : [200, 160, 170], 3 * (y * cellSide + x));
    }
  }
  const map = new Float32Array(cellPixels);
  map[peak.y * cellSide + peak.x] = 1;
  return {cell, map};
}

test("peaks are counted against the stain", () => {
  const all = [mapped({x: 30, y: 25}), mapped({x: 12, y: 25}), mapped({x: 25, y: 25}, false)];
  expect(countPeaks(all)).toEqual({cells: 3, withStain: 2, onStain: 1});
});

test("a map is drawn over its cell, the dimmer the smaller the chance", async () => {
  const of = async (chance: number) => {
    const {cell, map, peak} = await mappedPictures(mapped({x: 30, y: 25}), {chance, side: 50});
    const pixels = async (data: string) => sharp(Buffer.from(data, "base64")).removeAlpha().raw().toBuffer();
    const [plain, over] = [await pixels(cell), await pixels(map)];
    return {peak, difference: plain.reduce((sum, value, i) => sum + Math.abs(value - over[i]!), 0)};
  };
  const [bright, dim] = [await of(1), await of(0.02)];
  expect(bright.peak).toBe("on");
  expect(bright.difference).toBeGreaterThan(2 * dim.difference);
});

test("the maps that the site shows are of the network that it ships, and of cells that this answers so", () => {
  const gallery = JSON.parse(readFileSync(`${modelDirectory}/saliency-gallery.json`, "utf8")) as SaliencyGallery;
  const {files, split} = readMetadata();
  expect(gallery.modelSha256).toBe(files.find(({path}) => path === "model.json")!.sha256);
  expect(gallery.fold).toBe((split as {testFold: number}).testFold);
  const manifest = readManifest();
  const {cell, score, label} = readPredictions(manifest, modelDirectory);
  for (const {kind, examples, withStain, onStain, cells} of gallery.kinds) {
    expect(examples.length).toBeGreaterThan(0);
    expect([onStain <= withStain, withStain <= cells]).toEqual([true, true]);
    for (const {file, disputed} of examples) {
      const place = manifest.findIndex((row) => row.file === file);
      const row = cell.indexOf(place);
      expect(manifest[place]!.fold).toBe(gallery.fold);
      expect(manifest[place]!.disputed).toBe(disputed);
      expect(kindOfAnswer({label: label[row]!, score: score[row]!}, gallery.threshold)).toBe(kind);
    }
  }
});
