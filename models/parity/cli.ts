import {existsSync, readFileSync, writeFileSync} from "node:fs";
import path from "node:path";
import {parseArgs} from "node:util";
import {readManifest} from "../../src/data/loaders/manifest.js";
import {readMetadata} from "../../src/data/loaders/metadata.js";
import {readPackedCells} from "../../src/data/loaders/packed-cells.js";
import {readPredictions} from "../../src/data/loaders/predictions.js";
import {showProgress} from "../../src/data/pack/progress.js";
import {openEngine, readBundle, readUnlisted} from "../bundle.js";
import {scoreInChromium} from "./chromium-engine.js";

// Scores cells of the shipped model's test fold with TensorFlow.js and compares with PyTorch's probabilities.
// With --write the result goes into metadata.json.
const {values} = parseArgs({
  options: {
    name: {type: "string", default: "resnet34"},
    cells: {type: "string", default: "200"},
    webgl: {type: "string", default: "0"},
    write: {type: "boolean", default: false}
  }
});
const directory = path.join("models", values.name);
const floatDirectory = path.join(".cache", "export", values.name);
const metadata = readMetadata(directory);
const manifest = readManifest();
const places = new Map(manifest.map(({file}, index) => [file, index]));
const {testFold} = metadata.split as {testFold: number};
const tested = readPredictions(manifest, directory);
const own = tested.cell.flatMap((place, i) => (tested.fold[i] === testFold ? [{place, p: tested.score[i]!}] : []));

/** `count` entries spread evenly over a list. */
function spread<T>(list: readonly T[], count: number): T[] {
  const last = list.length - 1;
  const step = count > 1 ? last / (count - 1) : 0;
  return Array.from({length: Math.min(count, list.length)}, (_, i) => list[Math.floor(i * (count > last ? 1 : step))]!);
}

const furthest = (scores: Float32Array, expected: {p: number}[]) =>
  scores.reduce((most, score, i) => Math.max(most, Math.abs(score - expected[i]!.p)), 0);

async function inNode(from: string, cells: {place: number; p: number}[], title: string) {
  const engine = await openEngine(from === directory ? readBundle(from) : readUnlisted(from));
  const bar = showProgress(title, cells.length);
  const scores = new Float32Array(cells.length);
  const start = performance.now();
  for (let i = 0; i < cells.length; i += 64) {
    const part = cells.slice(i, i + 64);
    const bytes = await readPackedCells(part.map(({place}) => place));
    const {probabilities} = await engine.predict(Float32Array.from(bytes, (value) => value / 255));
    scores.set(
      probabilities.filter((_, n) => n % 2 === 0),
      i
    );
    bar.advance(part.length);
  }
  bar.stop();
  engine.dispose();
  return {scores, millisecondsPerCell: Number(((performance.now() - start) / cells.length).toFixed(1))};
}

async function inChromium(from: string, cells: {place: number; p: number}[], title: string) {
  const bar = showProgress(title, cells.length);
  const scores = await scoreInChromium(from, await readPackedCells(cells.map(({place}) => place)), bar.advance);
  bar.stop();
  return {cells: cells.length, maxDifference: furthest(scores, cells)};
}

const sample = values.cells === "all" ? own : spread(own, Number(values.cells));
const {scores, millisecondsPerCell} = await inNode(directory, sample, "shipped weights, WASM in Node");
const parity: Record<string, unknown> = {
  tolerance: 1e-3,
  shippedWasm: {cells: sample.length, maxDifference: furthest(scores, sample), millisecondsPerCell}
};
const webgl = Number(values.webgl);
if (webgl) parity.shippedWebgl = await inChromium(directory, spread(own, webgl), "shipped weights, WebGL in Chromium");
const reference = path.join(floatDirectory, "reference.json");
if (existsSync(reference)) {
  const expected = (JSON.parse(readFileSync(reference, "utf8")) as {file: string; p: number}[]).map(({file, p}) => ({
    place: places.get(file)!,
    p
  }));
  const float = await inNode(floatDirectory, expected, "unquantised weights, WASM in Node");
  parity.unquantisedWasm = {cells: expected.length, maxDifference: furthest(float.scores, expected)};
  if (webgl) {
    const few = spread(expected, webgl);
    parity.unquantisedWebgl = await inChromium(floatDirectory, few, "unquantised weights, WebGL in Chromium");
  }
} else {
  console.log("The unquantised network is not here (export makes it), so only the shipped weights are compared.");
}
console.log(JSON.stringify(parity, null, 1));
const worst = Object.values(parity)
  .map((entry) => (entry as {maxDifference?: number}).maxDifference ?? 0)
  .reduce((a, b) => Math.max(a, b));
if (worst > 1e-3) {
  console.error(`TensorFlow.js is up to ${worst} away from PyTorch; the tolerance is 0.001.`);
  process.exitCode = 1;
} else if (values.write) {
  const file = path.join(directory, "metadata.json");
  const whole = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  writeFileSync(file, JSON.stringify({...whole, parity}, null, 1) + "\n");
}
