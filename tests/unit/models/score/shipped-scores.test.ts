import {readFileSync} from "node:fs";
import {beforeAll, describe, expect, test} from "vitest";
import {readBundle} from "../../../../models/bundle.js";
import type {Engine} from "../../../../src/components/engine/engine.js";
import {loadKernelEngine} from "../../../../src/components/engine/kernel-engine.js";
import {prepareAsIs} from "../../../../src/components/gate/as-is.js";
import type {PreparedCell} from "../../../../src/components/gate/as-is.js";
import {prepareCell} from "../../../../src/components/gate/prepare-cell.js";
import {toBatch} from "../../../../src/components/image/cell-input.js";
import type {RgbPicture} from "../../../../src/components/image/resize.js";
import {readManifest} from "../../../../src/data/loaders/manifest.js";
import {readPackedCells} from "../../../../src/data/loaders/packed-cells.js";
import {readPredictions} from "../../../../src/data/loaders/predictions.js";
import {cellSide, cellValues} from "../../../../src/data/shapes/cells.js";

// The path of a file, from its pixels on, against the scores that are shipped: both networks, weights as they are served.

const manifest = readManifest();
const picture = (data: Uint8Array) => ({data, width: cellSide, height: cellSide, channels: 3 as const});

describe.each(["resnet34", "student"])("%s", (name) => {
  let engine: Engine;
  let shipped: Map<number, number>;
  beforeAll(async () => {
    const binary = readFileSync("src/components/kernels/kernels.wasm");
    engine = await loadKernelEngine(readBundle(`models/${name}`), {binary});
    const {cell, score, fold} = readPredictions(manifest, `models/${name}`);
    shipped = new Map(cell.flatMap((place, n) => (fold[n] === 0 ? [[place, score[n]!] as const] : [])));
  });

  /** How far P of each of these cells is from its shipped one. */
  async function distances(
    places: number[],
    prepare: (picture: RgbPicture) => Promise<PreparedCell>
  ): Promise<number[]> {
    const bytes = await readPackedCells(places);
    const cells = places.map((_, n) => picture(bytes.subarray(n * cellValues, (n + 1) * cellValues)));
    const prepared = await Promise.all(cells.map((cell) => prepare(cell)));
    const {probabilities} = await engine.predict(toBatch(prepared.map(({cell}) => cell)));
    return places.map((place, n) => Math.abs(probabilities[2 * n]! - shipped.get(place)!));
  }

  test("gives cells of its own fold what it was found to give, to 1e-5", async () => {
    const own = [...shipped.keys()];
    const some = Array.from({length: 100}, (_, n) => own[Math.floor((n * own.length) / 100)]!);
    expect(Math.max(...(await distances(some, (cell) => prepareCell(cell))))).toBeLessThan(1e-5);
  });

  test("gives one that lies beside something else another P, since it is cut out anew: as it is, the same", async () => {
    // Of the 27,558 pictures of the set four hold so much beside the cell; two of them are in this fold, one is refused.
    const place = manifest.findIndex(({file}) => file === "C70P31_ThinF_IMG_20150813_131924_cell_11.png");
    const bytes = await readPackedCells([place]);
    expect(await prepareCell(picture(bytes))).toMatchObject({cut: true});
    const [cut] = await distances([place], (cell) => prepareCell(cell));
    expect(cut).toBeGreaterThan(1e-4);
    expect(cut).toBeLessThan(0.02);
    const [asIs] = await distances([place], async (cell) => prepareAsIs(cell));
    expect(asIs).toBeLessThan(1e-5);
  });
});
