// What scoring costs, one way beside the other, on the same held-out cells: the built Classify page in Chromium, `npm run score` on
// one thread, and `npm run score:cluster` with one worker and with two. Writes models/cluster/costs.json and docs/cluster.md:
//   npm run bench:cluster [-- --cells 2000 --site dist]
import {spawnSync} from "node:child_process";
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {cpus, tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {Readable} from "node:stream";
import {parseArgs} from "node:util";
import {csvParse} from "d3-dsv";
import sharp from "sharp";
import {writeTable} from "../../models/score/table-file.js";
import type {Row} from "../../src/components/ui/csv.js";
import {readManifest} from "../../src/data/loaders/manifest.js";
import {readPackedCells} from "../../src/data/loaders/packed-cells.js";
import {cellValues} from "../../src/data/shapes/cells.js";
import {openSite} from "../browser/harness.js";
import {clusterPage} from "./cluster-table.js";
import type {ClusterCosts, Way} from "./cluster-table.js";

// The bundle of TensorFlow.js that browsers get asks for `require` when it finds itself in Node.
Object.assign(globalThis, {require: createRequire(import.meta.url)});
const {compareWithScores, dropFolder} = await import("../browser/whole-set.js");
const {values} = parseArgs({
  options: {cells: {type: "string", default: "2000"}, site: {type: "string", default: "dist"}}
});
const count = Number(values.cells);
const root = mkdtempSync(join(tmpdir(), "bench-cluster-"));
const folder = join(root, "cells");
mkdirSync(folder);
const manifest = readManifest();
const held = manifest.flatMap(({fold}, place) => (fold === 0 ? [place] : []));
const places = Array.from({length: count}, (_, n) => held[Math.floor((n * held.length) / count)]!);
const pixels = await readPackedCells(places);
for (const [n, place] of places.entries()) {
  const cell = pixels.subarray(n * cellValues, (n + 1) * cellValues);
  await sharp(cell, {raw: {width: 50, height: 50, channels: 3}})
    .png()
    .toFile(join(folder, manifest[place]!.file));
}

function run(...args: string[]): string {
  const {status, stdout, stderr} = spawnSync("node", ["--import", "tsx", ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"]
  });
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}: ${stdout}${stderr}`);
  return stdout;
}

const site = await openSite({directory: resolve(values.site), isolated: true, webgl: false});
const {rows, seconds, processorSeconds} = await dropFolder(site, folder);
const ways: Way[] = [{way: "page", workers: 1, seconds, processorSeconds}];
await site.close();

const scores = join(root, "scores.csv");
const said = run("models/score/cli.ts", folder, "--out", scores, "--threads", "1");
const [, wall, processor] = /in ([\d.]+) s, ([\d.]+) s of processors/.exec(said)!;
ways.push({way: "node", workers: 1, seconds: Number(wall), processorSeconds: Number(processor)});
const expected = readFileSync(scores, "utf8");

let unlike = 0;
for (const workers of [1, 2]) {
  const out = join(root, `dask-${workers}`);
  const size = String(Math.ceil(count / 8));
  run(
    "models/training/run.ts",
    "score:cluster",
    folder,
    "--out",
    out,
    "--workers",
    `${workers}`,
    "--size",
    size,
    "--format",
    "csv"
  );
  const summary = JSON.parse(readFileSync(join(out, "summary.json"), "utf8")) as {
    secondsOfWorkers: number;
    processorSeconds: number;
  };
  const parts = readdirSync(out)
    .filter((name) => name.startsWith("part-"))
    .sort();
  const [header] = expected.split("\n");
  const together = [
    header,
    ...parts.flatMap((part) => readFileSync(join(out, part), "utf8").trimEnd().split("\n").slice(1)),
    ""
  ];
  const lines = expected.split("\n");
  unlike += together.filter((line, n) => line !== lines[n]).length + Math.abs(together.length - lines.length);
  ways.push({
    way: "dask",
    workers,
    seconds: summary.secondsOfWorkers / workers,
    processorSeconds: summary.processorSeconds
  });
}

const parquet = join(root, "scores.parquet");
await writeTable(parquet, Readable.from(csvParse(expected)) as AsyncIterable<Row>);
const {distances, unlike: pageUnlike} = compareWithScores(rows, expected);
const costs: ClusterCosts = {
  machine: `${cpus()[0]!.model}, ${cpus().length} cores, Node ${process.versions.node}`,
  date: new Date().toISOString().slice(0, 10),
  cells: count,
  ways,
  agreement: {
    pageUnlike: pageUnlike.length,
    pageFurthest: Math.max(distances.resnet34.furthest, distances.student.furthest),
    daskUnlike: unlike
  },
  bytes: {
    picture: Math.round(readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0) / count),
    csvRow: Math.round(statSync(scores).size / count),
    parquetRow: Math.round(statSync(parquet).size / count)
  }
};
writeFileSync("models/cluster/costs.json", JSON.stringify(costs, null, 1) + "\n");
writeFileSync("docs/cluster.md", clusterPage(costs));
rmSync(root, {recursive: true});
console.log(clusterPage(costs));
