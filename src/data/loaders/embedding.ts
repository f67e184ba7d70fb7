import {existsSync} from "node:fs";
import path from "node:path";
import {int16, int8, uint8} from "@uwdata/flechette";
import {table} from "arquero";
import {featureCount, featureName, mapScale, notMapped} from "../shapes/columns.js";
import type {ManifestRow} from "../shapes/manifest.js";
import {checkComplete, modelDirectory, readCellRows} from "./read.js";

const names = Array.from({length: featureCount}, (_, i) => featureName(i));
const columns = ["file", "fold", "x", "y", ...names];

/** Places of the cells on the map and their features; both by column, in manifest order, NaN where there are none. */
export interface Embedding {
  /** −1…1. */
  x: Float64Array;
  y: Float64Array;
  /** Sixteen columns of whole numbers from −127 to 127; all 0 where there are none. */
  features: Int8Array[];
  /** Folds whose cells are mapped. */
  folds: number[];
}

/**
 * Reads `embedding.csv` of a model: where each cell lies on the map of the network's own out-of-fold features, and those
 * features reduced to sixteen. No file, no map: null.
 *
 * @throws DataProblem naming the row that is malformed, out of manifest order or in another fold than the manifest's, or
 * the fold that is incomplete
 */
export function readEmbedding(manifest: readonly ManifestRow[], directory = modelDirectory): Embedding | null {
  const file = path.join(directory, "embedding.csv");
  if (!existsSync(file)) return null;
  const empty = () => new Float64Array(manifest.length).fill(NaN);
  const [x, y] = [empty(), empty()];
  const features = names.map(() => new Int8Array(manifest.length));
  const folds = new Set<number>();
  let last = -1;
  for (const {texts, cell, place, number, fail} of readCellRows(file, columns, manifest)) {
    const {file: name, fold} = cell;
    if (place === last) fail(`cell “${name}” is listed twice`);
    if (place < last) fail(`cell “${name}” is listed twice or out of the manifest's order`);
    last = place;
    if (texts.fold !== String(fold)) fail(`fold of “${name}” is ${fold} in the manifest, but “${texts.fold}” here`);
    folds.add(fold);
    [x[place], y[place]] = [number("x", -1, 1), number("y", -1, 1)];
    features.forEach((values, i) => (values[place] = number(names[i]!, -127, 127, true)));
  }
  checkComplete(file, manifest, folds, (place) => !Number.isNaN(x[place]));
  return {x, y, features, folds: [...folds].sort()};
}

/** Packs the places for the browser as an Arrow file of 16-bit whole numbers; no rows when there is no map. */
export function packMap(embedding: Embedding | null): Uint8Array {
  const scale = (values: Float64Array = new Float64Array(0)) =>
    Int16Array.from(values, (value) => (Number.isNaN(value) ? notMapped : Math.round(value * mapScale)));
  return table({x: scale(embedding?.x), y: scale(embedding?.y)}).toArrowIPC({types: {x: int16(), y: int16()}});
}

/** Packs the features for the browser as an Arrow file of bytes, and who has them; no rows when there are none. */
export function packFeatures(embedding: Embedding | null): Uint8Array {
  const values = names.map((name, i) => [name, embedding?.features[i] ?? new Int8Array(0)]);
  const known = Uint8Array.from(embedding?.x ?? [], (x) => Number(!Number.isNaN(x)));
  return table({...(Object.fromEntries(values) as Record<string, Int8Array>), known}).toArrowIPC({
    types: {...Object.fromEntries(names.map((name) => [name, int8()])), known: uint8()}
  });
}
