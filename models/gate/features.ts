import {existsSync, mkdirSync, readFileSync, writeFileSync} from "node:fs";
import path from "node:path";
import {readPackedCells} from "../../src/data/loaders/packed-cells.js";
import {sha256} from "../../src/data/pack/digest.js";
import {showProgress} from "../../src/data/pack/progress.js";
import {cellValues} from "../../src/data/shapes/cells.js";
import {openKernelEngine, readBundle} from "../bundle.js";

/** Cells scored at once, and saved at once. */
const BATCH = 32;

/** What the network's last layer sees of cells. */
export interface Features {
  /** Values a cell. */
  width: number;
  /** places.length × width. */
  values: Float32Array;
}

/**
 * Computes features of packed cells on WebAssembly, about 50 ms a cell. They are kept in `.cache/features` by the hash of
 * the weights and of the list of cells, batch by batch: a run that was stopped goes on where it was.
 * @throws Error if the network does not tell its features
 */
export async function featuresOf(directory: string, places: readonly number[], title: string): Promise<Features> {
  const bundle = readBundle(directory);
  const weights = bundle.metadata.files.filter(({path: name}) => name !== "gate.json");
  const key = sha256(JSON.stringify([weights, places]));
  const file = path.join(".cache", "features", `${key}.bin`);
  mkdirSync(path.dirname(file), {recursive: true});
  const engine = await openKernelEngine(bundle);
  const width = (await engine.predict(new Float32Array(cellValues))).features?.length;
  if (!width) throw new Error("The network does not tell its features.");
  let done = existsSync(file) ? new Float32Array(Uint8Array.from(readFileSync(file)).buffer) : new Float32Array();
  let count = done.length / width;
  const bar = showProgress(title, places.length, count);
  while (count < places.length) {
    const part = places.slice(count, count + BATCH);
    const bytes = await readPackedCells(part);
    const {features} = await engine.predict(Float32Array.from(bytes, (value) => value / 255));
    const all = new Float32Array(done.length + features!.length);
    all.set(done);
    all.set(features!, done.length);
    done = all;
    count += part.length;
    writeFileSync(file, new Uint8Array(done.buffer));
    bar.advance(part.length);
  }
  bar.stop();
  engine.dispose();
  return {width, values: done};
}
