import {readFileSync, writeFileSync} from "node:fs";
import path from "node:path";
import {parseArgs} from "node:util";
import type {ExplainingEngine} from "../../src/components/engine/engine.js";
import {shuffleWeights} from "../../src/components/engine/shuffle-weights.js";
import {toBatch} from "../../src/components/image/cell-input.js";
import {RULE, stainedParasite} from "../../src/components/why/stained-parasite.js";
import {readManifest} from "../../src/data/loaders/manifest.js";
import {readMetadata} from "../../src/data/loaders/metadata.js";
import {readPackedCells} from "../../src/data/loaders/packed-cells.js";
import {showProgress} from "../../src/data/pack/progress.js";
import {cellValues} from "../../src/data/shapes/cells.js";
import {openKernelEngine, readBundle} from "../bundle.js";
import {drawCells} from "../draw-cells.js";
import type {Part} from "../draw-cells.js";
import {fillTrust} from "../trust.js";
import {likeness, measurePeaks} from "./measure.js";

// Measures how often the map of "Why?" has its peak on the stained parasite, what it costs, and what is left of it when
// the weights are shuffled; writes saliency.json beside the model. --part validation is for choosing a method.
const {values} = parseArgs({
  options: {
    name: {type: "string", default: "resnet34"},
    part: {type: "string", default: "test"},
    cells: {type: "string", default: "500"},
    shuffled: {type: "string", default: "100"},
    timed: {type: "string", default: "40"}
  }
});
const SEED = 2020;
const directory = path.join("models", values.name);
const {testFold} = readMetadata(directory).split as {testFold: number};
const manifest = readManifest();
const bundle = readBundle(directory);
const positive = bundle.metadata.labels.indexOf(bundle.metadata.positive);

const places = drawCells(
  manifest,
  {fold: testFold, part: values.part as Part, count: Number(values.cells), seed: SEED},
  ({label}) => label === "parasitized"
);
const bytes = await readPackedCells(places);
const cells = places.map((_, n) => new Uint8ClampedArray(bytes.subarray(n * cellValues, (n + 1) * cellValues)));
const references = cells.map((cell) => stainedParasite(cell));

async function mapsOf(engine: ExplainingEngine, count: number, title: string): Promise<Float32Array[]> {
  const bar = showProgress(title, count);
  const maps: Float32Array[] = [];
  for (const cell of cells.slice(0, count)) {
    maps.push(await engine.explain(toBatch([cell]), positive));
    bar.advance();
  }
  bar.stop();
  return maps;
}

const engine = await openKernelEngine(bundle);
const maps = await mapsOf(engine, cells.length, "maps");
const rows = places.map((place) => manifest[place]!);
const peaks = measurePeaks(maps, references, rows, SEED);

const timed = cells.slice(0, Number(values.timed)).map((cell) => toBatch([cell]));
// The least of several rounds, which lie seconds apart: what else the machine did in between is not the map's cost.
const ROUNDS = 5;
const [predicted, explained] = [0, 1].map(() => new Array<number>(timed.length).fill(Infinity)) as [number[], number[]];
for (let round = 0; round < ROUNDS; round++) {
  for (const [n, batch] of timed.entries()) {
    predicted[n] = Math.min(predicted[n]!, await processorTime(() => engine.predict(batch)));
    explained[n] = Math.min(explained[n]!, await processorTime(() => engine.explain(batch, positive)));
  }
}
engine.dispose();

const cascade: Record<string, object> = {};
const layers: string[] = [];
for (const layer of ["logits", "layer4", "layer3", "layer2", "layer1", "stem"]) {
  layers.push(layer);
  const shuffled = await openKernelEngine(shuffleWeights(bundle, {seed: SEED, layers}));
  const count = Math.min(cells.length, Number(values.shuffled));
  const found = await mapsOf(shuffled, count, `shuffled down to ${layer}`);
  shuffled.dispose();
  const {onStain, withinOne} = measurePeaks(found, references.slice(0, count), rows.slice(0, count), SEED);
  cascade[layer] = {
    rankCorrelation: likeness(maps.slice(0, count), found, references),
    onStain: onStain.estimate,
    withinOne: withinOne.estimate
  };
}

async function processorTime(work: () => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const {user, system} = process.cpuUsage(start);
  return (user + system) / 1000;
}

const median = (list: number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]!;
const result = {
  command: "npm run saliency",
  method:
    "gradient × activation at layer 1, of the difference of the two logits, summed over channels, negative sums left out",
  rule: RULE,
  part: values.part,
  seed: SEED,
  modelSha256: bundle.metadata.files.find(({path: file}) => file === "model.json")!.sha256,
  ...peaks,
  time: {
    engine: "the site's own WebAssembly kernels (SIMD, one thread), map and prediction alike",
    method: `in Node, processor time, medians of each cell's least of ${ROUNDS} rounds`,
    cells: timed.length,
    predictMilliseconds: round(median(predicted)),
    explainMilliseconds: round(median(explained)),
    ratio: round(median(explained) / median(predicted))
  },
  shuffled: {cells: Math.min(cells.length, Number(values.shuffled)), cascade}
};
console.log(JSON.stringify(result, null, 1));
if (values.part === "test") {
  writeFileSync(path.join(directory, "saliency.json"), JSON.stringify(result, null, 1) + "\n");
  writeFileSync("README.md", fillTrust(readFileSync("README.md", "utf8"), directory));
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
