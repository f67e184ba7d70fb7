import path from "node:path";
import sharp from "sharp";
import {expect, test} from "vitest";
import {readManifest} from "../../../../src/data/loaders/manifest.js";
import {chooseStrip, cutStrip} from "../../../../src/data/loaders/strip.js";
import {writeManifest} from "./fixture.js";

test("labels take turns, patients don't repeat, disputed and unsized cells stay out", () => {
  const rows = readManifest("src/data/cells");
  const chosen = chooseStrip(rows, 12).map((index) => rows[index]!);
  expect(chosen.map(({label}) => label)).toEqual(
    Array.from({length: 12}, (_, i) => (i % 2 ? "uninfected" : "parasitized"))
  );
  expect(new Set(chosen.map(({patient}) => patient)).size).toBe(12);
  expect(chosen.some(({disputed, width}) => disputed || width === null)).toBe(false);
});

test("a small set gives what it has", () => {
  const rows = readManifest(writeManifest());
  expect(chooseStrip(rows, 12)).toEqual([2, 0, 5]);
});

test("the picture is the cell's own place on its sheet", async () => {
  const directory = writeManifest();
  const pixels = Buffer.alloc(800 * 800 * 3);
  for (let i = 0; i < 800 * 800; i++) pixels[3 * i] = 10 + Math.floor((i % 800) / 50) * 10;
  await sharp(pixels, {raw: {width: 800, height: 800, channels: 3}})
    .webp({lossless: true})
    .toFile(path.join(directory, "sheet-000.webp"));
  const strip = await cutStrip(readManifest(directory), directory);
  const reds = await Promise.all(
    strip.map(async ({image}) => {
      const png = Buffer.from(image.slice("data:image/png;base64,".length), "base64");
      const {data, info} = await sharp(png).raw().toBuffer({resolveWithObject: true});
      expect([info.width, info.height]).toEqual([50, 50]);
      return new Set(data.filter((_, i) => i % info.channels === 0));
    })
  );
  expect(reds.map((set) => [...set])).toEqual([[30], [10], [60]]);
});
