import {describe, expect, it} from "vitest";
import {readManifest} from "../../../../src/data/loaders/manifest.js";
import {readPackedCells} from "../../../../src/data/loaders/packed-cells.js";
import {cellPixels, cellValues} from "../../../../src/data/shapes/cells.js";

describe("readPackedCells", () => {
  it("reads cells whose mean in-cell colour is the manifest's", async () => {
    const manifest = readManifest();
    const places = [0, 17, 255, 256, 13_000, 27_557];
    const cells = await readPackedCells(places);
    expect(cells.length).toBe(places.length * cellValues);
    places.forEach((place, i) => {
      const pixels = Array.from({length: cellPixels}, (_, p) => [
        ...cells.subarray(i * cellValues + p * 3, i * cellValues + p * 3 + 3)
      ]);
      const inside = pixels.filter((rgb) => Math.max(...rgb) >= 24);
      const mean = (channel: number) => inside.reduce((sum, rgb) => sum + rgb[channel]!, 0) / inside.length;
      const {red, green, blue, frame} = manifest[place]!;
      expect(1 - inside.length / cellPixels).toBeCloseTo(frame, 4);
      [red, green, blue].forEach((expected, channel) => expect(mean(channel)).toBeCloseTo(expected, 1));
    });
  });
});
