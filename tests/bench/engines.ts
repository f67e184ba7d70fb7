// Compares the site's runtime with others on the same weights: npm run bench [-- --parts engines,software,server,site,fields] [--fields 100]
// [--compare]. Parts run one after another or alone and are merged into tests/bench/results.json and the table of docs/speed.md;
// --compare writes nothing, and fails if a ratio is more than 15 % from the stored one. On a quiet computer.
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {cpus, tmpdir} from "node:os";
import path from "node:path";
import {parseArgs} from "node:util";
import sharp from "sharp";
import {onnxModel} from "../../models/onnx/onnx-model.js";
import {readManifest} from "../../src/data/loaders/manifest.js";
import {readPackedCells} from "../../src/data/loaders/packed-cells.js";
import {cellValues} from "../../src/data/shapes/cells.js";
import {openBrowser} from "./engines/browser.js";
import {reasonOf} from "./engines/contender.js";
import type {Contender} from "./engines/contender.js";
import {measureFields} from "./engines/fields.js";
import {onnxNative, pytorch} from "./engines/native.js";
import {disagreements, OWN, STUDENT, ratios, fillEngines} from "./engines/report.js";
import type {Part, Results} from "./engines/report.js";
import {measureServer, median} from "./engines/server.js";
import {measureSite} from "./engines/site.js";

const file = "tests/bench/results.json";
const model = "models/resnet34";
const {values: options} = parseArgs({
  options: {
    parts: {type: "string", default: "engines,software,server,site,fields"},
    fields: {type: "string", default: "100"},
    rounds: {type: "string", default: "8"},
    compare: {type: "boolean", default: false}
  }
});
const parts = options.parts.split(",") as Part[];
const rounds = Number(options.rounds);
const stored = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Results) : undefined;
const threads = cpus().length;
const measured = new Set<string>();
const today = new Date().toISOString().slice(0, 10);

const manifest = readManifest();
const held = manifest.flatMap(({fold}, place) => (fold === 0 ? [place] : []));
const chosen = Array.from({length: 512}, (_, n) => held[Math.floor((n * held.length) / 512)]!);
const pixels = await readPackedCells(chosen);
const folder = mkdtempSync(path.join(tmpdir(), "bench-cells-"));
const cells = path.join(folder, "cells.bin");
writeFileSync(cells, pixels);
const results: Results = {
  dates: {...stored?.dates},
  machine: {
    processor: cpus()[0]!.model,
    cores: threads,
    versions: {...stored?.machine.versions, node: process.versions.node}
  },
  rounds: parts.some((part) => part === "engines" || part === "software") ? rounds : (stored?.rounds ?? rounds),
  engines: {...stored?.engines},
  ...(!parts.includes("server") && stored?.server && {server: stored.server}),
  ...(!parts.includes("site") && stored?.site && {site: stored.site}),
  ...(!parts.includes("fields") && stored?.fields && {fields: stored.fields})
};

if (parts.includes("engines") || parts.includes("software")) {
  const onnx = onnxModel(model);
  const browser = await openBrowser({
    models: {"model.onnx": onnx, "webgl.onnx": onnxModel(model, {webgl: true})},
    cells: pixels
  });
  const own = browser.contender({
    id: OWN,
    label: "**this site**, WebAssembly, 1 thread",
    kind: "own",
    backend: "wasm",
    threads: 1,
    batch: 16
  });
  try {
    if (parts.includes("engines")) {
      const torch = pytorch({model, cells, threads, batch: 64});
      const native = onnxNative({onnx, pixels, threads, batch: 64});
      const oneThread = pytorch({model, cells, threads: 1, batch: 64});
      await compare([
        own,
        browser.contender({
          id: "own-wasm-threads",
          label: `**this site**, WebAssembly, ${threads} threads`,
          kind: "own",
          backend: "wasm",
          threads,
          batch: 16
        }),
        browser.contender({
          id: "tfjs-wasm",
          label: "TensorFlow.js, WebAssembly, threads",
          kind: "tfjs",
          backend: "wasm",
          threads,
          batch: 8
        }),
        browser.contender({
          id: "onnx-wasm-1",
          label: "ONNX Runtime Web, WebAssembly, 1 thread",
          kind: "onnx",
          backend: "wasm",
          threads: 1,
          batch: 8
        }),
        browser.contender({
          id: "onnx-wasm",
          label: `ONNX Runtime Web, WebAssembly, ${threads} threads`,
          kind: "onnx",
          backend: "wasm",
          threads,
          batch: 8
        }),
        torch,
        oneThread,
        native,
        browser.contender({
          id: STUDENT,
          label: "this site's student, WebAssembly, 1 thread (other weights)",
          model: "student",
          kind: "own",
          backend: "wasm",
          threads: 1,
          batch: 16
        })
      ]);
      results.machine.versions.pytorch = torch.version();
      const nativeVersion = native.version();
      if (nativeVersion) results.machine.versions["onnxruntime-node"] = nativeVersion;
      results.dates.engines = today;
    }
    if (parts.includes("software")) {
      await compare(
        [
          own,
          browser.contender({
            id: "own-webgl",
            label: "this site, WebGL (in software)",
            kind: "own",
            backend: "webgl",
            threads: 1,
            batch: 4,
            cells: 16
          }),
          browser.contender({
            id: "own-cpu",
            label: "this site, plain JavaScript",
            kind: "own",
            backend: "cpu",
            threads: 1,
            batch: 1,
            cells: 2,
            fresh: true
          }),
          browser.contender({
            id: "onnx-webgl",
            label: "ONNX Runtime Web, WebGL",
            kind: "onnx",
            backend: "webgl",
            threads: 1,
            batch: 1,
            cells: 16
          }),
          browser.contender({
            id: "onnx-webgpu",
            label: "ONNX Runtime Web, WebGPU",
            kind: "onnx",
            backend: "webgpu",
            threads: 1,
            batch: 4,
            cells: 16
          })
        ],
        5
      );
      results.dates.software = today;
    }
  } finally {
    Object.assign(results.machine.versions, browser.versions);
    await browser.close();
  }
}

save();
const pictures = await Promise.all(
  Array.from({length: 64}, (_, n) =>
    sharp(pixels.subarray(n * cellValues, (n + 1) * cellValues), {raw: {width: 50, height: 50, channels: 3}})
      .png()
      .toBuffer()
  )
);
if (parts.includes("server")) {
  results.server = await measureServer(model, pictures);
  results.dates.server = today;
}
save();
if (parts.includes("site")) {
  results.site = await measureSite(pictures);
  results.dates.site = today;
}
save();
if (parts.includes("fields")) {
  results.fields = await measureFields(Number(options.fields));
  results.dates.fields = today;
}
rmSync(folder, {recursive: true});

if (options.compare && stored) {
  const apart = disagreements(stored, results);
  console.log(apart.length ? apart.join("\n") : "Every ratio is within 15 % of the stored run's.");
  console.table({...ratios(results)});
  if (apart.length) process.exitCode = 1;
} else save();

/** Writes what there is, so that a part that fails takes no other with it. */
function save(): void {
  if (options.compare) return;
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync("docs/speed.md", fillEngines(readFileSync("docs/speed.md", "utf8"), results));
}

/** Measures contenders in turn, round by round: single cells, and a share of the batch; all must give the same answer. */
async function compare(contenders: Contender[], count = rounds): Promise<void> {
  const expected = new Map<string, number>();
  const found = new Map<Contender, {single: number[]; each: number[]}>();
  for (const one of contenders) {
    const missing = (await one.open()) ?? (await one.measure(2, 1).then(() => null, reasonOf));
    const {label, batch, cells: all} = one;
    if (missing !== null) {
      results.engines[one.id] = {label, missing, single: 0, each: 0, batch, cells: all};
      continue;
    }
    expected.set(one.id, (await one.measure(batch, batch)).p);
    found.set(one, {single: [], each: []});
    console.log(`${label}: ready, P = ${expected.get(one.id)!.toFixed(6)}`);
  }
  const [first = NaN] = expected.values();
  for (const [id, p] of expected)
    if (id !== STUDENT && !(Math.abs(p - first) < 0.001)) throw new Error(`${id} gives another answer.`);
  for (let round = 0; round < count; round++) {
    for (const [one, {single, each}] of found) {
      if (one.fresh && round > 0) {
        await one.close();
        await one.open();
        await one.measure(2, 1);
      }
      for (let n = 0; n < 5; n++) if (n < 2 || one.cells === 512) single.push((await one.measure(1, 1)).milliseconds);
      const share = Math.max(one.batch, Math.ceil(one.cells / count));
      each.push((await one.measure(share, one.batch)).milliseconds / share);
    }
  }
  for (const [{id, label, batch, cells: all, close}, {single, each}] of found) {
    // This site's runtime is in both parts, for the others to run beside it; its figures are those of the first.
    if (!measured.has(id))
      results.engines[id] = {label, missing: null, single: median(single), each: median(each), batch, cells: all};
    console.log(`${label}: ${median(single).toFixed(1)} ms, ${median(each).toFixed(1)} ms each`);
    measured.add(id);
    await close();
  }
}
