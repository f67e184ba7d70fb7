import {existsSync, readdirSync, readFileSync} from "node:fs";
import path from "node:path";
import {sort} from "d3";
import {parseMetadata} from "../../../components/engine/metadata.js";
import {readManifest} from "../../loaders/manifest.js";
import {readPredictions} from "../../loaders/predictions.js";
import {modelDirectory, readJson} from "../../loaders/read.js";
import {sampleKind} from "../../loaders/sample-kind.js";

// The sample cells beside this file by name, each with its picture in base64, what the data set says of it, and how hard
// it is for the shipped model, which never saw their fold. Without a model no cell is easy or hard.
const folder = "src/data/samples/classify";
const manifest = readManifest();
const files = readdirSync(folder).filter((file) => file.endsWith(".png"));
const samples = manifest.flatMap((cell, place) => (files.includes(cell.file) ? [{...cell, place}] : []));
if (samples.length !== files.length) throw new Error("A sample cell is not in src/data/cells/manifest.csv.");
if (samples.some(({fold}) => fold !== 0)) throw new Error("A sample cell is not in fold 0, the held-out fold.");

const trained = existsSync(path.join(modelDirectory, "predictions.csv"));
const {cell, score} = trained ? readPredictions(manifest, modelDirectory) : {cell: [], score: []};
const scores = new Map(cell.map((place, index) => [place, score[index]!]));
const point = trained ? parseMetadata(readJson(path.join(modelDirectory, "metadata.json"))) : null;

process.stdout.write(
  JSON.stringify(
    sort(samples, ({file}) => file).map(({file, label, disputed, patient, place}) => ({
      ...{file, label, disputed, patient},
      kind: point ? sampleKind({label, disputed}, scores.get(place)!, point) : null,
      png: readFileSync(path.join(folder, file), "base64")
    }))
  )
);
