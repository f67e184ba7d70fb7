import {writeFileSync} from "node:fs";
import path from "node:path";
import {parseArgs} from "node:util";
import {toBatch} from "../../src/components/image/cell-input.js";
import {applyTemperature} from "../../src/components/metrics/index.js";
import {readManifest} from "../../src/data/loaders/manifest.js";
import {readMetadata} from "../../src/data/loaders/metadata.js";
import {readPackedCells} from "../../src/data/loaders/packed-cells.js";
import {readPredictions} from "../../src/data/loaders/predictions.js";
import {readReport} from "../../src/data/loaders/report.js";
import {showProgress} from "../../src/data/pack/progress.js";
import {cellValues} from "../../src/data/shapes/cells.js";
import type {MappedCell, MappedKind, SaliencyGallery} from "../../src/data/shapes/saliency.js";
import {openKernelEngine, readBundle} from "../bundle.js";
import {countPeaks, drawKinds, mappedPictures} from "./gallery.js";
import type {Mapped} from "./gallery.js";

// Makes maps of cells that the network answers rightly and wrongly, counts where their peaks lie, and keeps some with
// their pictures in saliency-gallery.json for the evaluation page.
const {values} = parseArgs({
  options: {
    name: {type: "string", default: "resnet34"},
    cells: {type: "string", default: "300"},
    examples: {type: "string", default: "6"}
  }
});
const [SEED, SIDE] = [2020, 100];
const directory = path.join("models", values.name);
const {testFold} = readMetadata(directory).split as {testFold: number};
const manifest = readManifest();
const {cell: places, score, label, fold, folds} = readPredictions(manifest, directory);
const {threshold, temperature} = readReport(folds, directory).points.find((point) => point.fold === testFold)!;
const answered = places.flatMap((place, row) =>
  fold[row] === testFold ? [{place, score: score[row]!, label: label[row]!}] : []
);
const drawn = drawKinds(answered, {threshold, most: Number(values.cells), seed: SEED});
const bundle = readBundle(directory);
const positive = bundle.metadata.labels.indexOf(bundle.metadata.positive);
const engine = await openKernelEngine(bundle);

const kinds: MappedKind[] = [];
for (const [kind, cells] of drawn) {
  const bytes = await readPackedCells(cells.map(({place}) => place));
  const bar = showProgress(kind, cells.length);
  const mapped: Mapped[] = [];
  for (const n of cells.keys()) {
    const cell = new Uint8ClampedArray(bytes.subarray(n * cellValues, (n + 1) * cellValues));
    mapped.push({cell, map: await engine.explain(toBatch([cell]), positive)});
    bar.advance();
  }
  bar.stop();
  const examples: MappedCell[] = [];
  for (const [n, {place, score: p}] of cells.slice(0, Number(values.examples)).entries()) {
    const {file, disputed} = manifest[place]!;
    const chance = Number(applyTemperature(Float64Array.of(p), temperature)[0]!.toFixed(4));
    examples.push({file, disputed, chance, ...(await mappedPictures(mapped[n]!, {chance, side: SIDE}))});
  }
  kinds.push({kind, ...countPeaks(mapped), examples});
}
engine.dispose();
const gallery: SaliencyGallery = {
  command: "npm run saliency:gallery",
  modelSha256: bundle.metadata.files.find(({path: file}) => file === "model.json")!.sha256,
  fold: testFold,
  threshold,
  seed: SEED,
  side: SIDE,
  kinds
};
writeFileSync(path.join(directory, "saliency-gallery.json"), `${JSON.stringify(gallery, null, 1)}\n`);
