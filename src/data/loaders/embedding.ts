import {existsSync} from "node:fs";
import path from "node:path";
import {int16, int8, uint8} from "@uwdata/flechette";
import {table} from "arquero";
import {featureCount, featureName, mapScale, notMapped} from "../shapes/columns.js";
import type {ManifestRow} from "./manifest.js";
import {DataProblem} from "./problem.js";
import {readCsv, readNumber} from "./read-csv.js";
import {modelDirectory} from "./read-json.js";

const columns = ["file", "fold", "x", "y", ...Array.from({length: featureCount}, (_, i) => featureName(i))];

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
  const records = readCsv(file, columns).objects({limit: Infinity}) as Record<string, string | null>[];
  const places = new Map(manifest.map((row, index) => [row.file, index]));
  const empty = () => new Float64Array(manifest.length).fill(NaN);
  const [x, y] = [empty(), empty()];
  const features = Array.from({length: featureCount}, () => new Int8Array(manifest.length));
  const folds = new Set<number>();
  let last = -1;
  records.forEach((record, index) => {
    const row = index + 2;
    const fail = (sentence: string): never => {
      throw new DataProblem(file, sentence, row);
    };
    const name = record.file ?? "";
    const place = places.get(name) ?? fail(`the manifest has no cell “${name}”`);
    if (place === last) fail(`cell “${name}” is listed twice`);
    if (place < last) fail(`cell “${name}” is listed twice or out of the manifest's order`);
    last = place;
    const {fold} = manifest[place]!;
    if (record.fold !== String(fold)) fail(`fold of “${name}” is ${fold} in the manifest, but “${record.fold}” here`);
    folds.add(fold);
    const read = (column: string, limit: number, whole: boolean) =>
      readNumber(record[column], {file, row, column, min: -limit, max: limit, whole});
    x[place] = read("x", 1, false);
    y[place] = read("y", 1, false);
    features.forEach((values, i) => (values[place] = read(featureName(i), 127, true)));
  });
  const missing = manifest.findIndex(({fold}, place) => folds.has(fold) && Number.isNaN(x[place]));
  if (missing >= 0) {
    const {fold, file: name} = manifest[missing]!;
    throw new DataProblem(file, `fold ${fold} is incomplete: there is no row for “${name}”`);
  }
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
  const names = Array.from({length: featureCount}, (_, i) => featureName(i));
  const values = names.map((name, i) => [name, embedding?.features[i] ?? new Int8Array(0)]);
  const known = Uint8Array.from(embedding?.x ?? [], (x) => Number(!Number.isNaN(x)));
  return table({...(Object.fromEntries(values) as Record<string, Int8Array>), known}).toArrowIPC({
    types: {...Object.fromEntries(names.map((name) => [name, int8()])), known: uint8()}
  });
}
