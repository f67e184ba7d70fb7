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

/** What each looks like, read off the pictures; no diagnosis. */
const titles: Record<string, string> = {
  "C108P69ThinF_IMG_20150924_225511_cell_184.png": "Ring",
  "C117P78ThinF_IMG_20150930_220616_cell_94.png": "Faint dot",
  "C121P82ThinF_IMG_20151002_133739_cell_1.png": "Pale centre",
  "C138P99ThinF_IMG_20151005_173453_cell_37.png": "Streak",
  "C166P127ThinF_IMG_20151117_194147_cell_197.png": "Plain blue",
  "C166P127ThinF_IMG_20151117_194932_cell_226.png": "Dark blots",
  "C39P4thinF_original_IMG_20150622_105335_cell_2.png": "Grey rim",
  "C39P4thinF_original_IMG_20150622_105803_cell_73.png": "Tail",
  "C54P15thinF_IMG_20150728_112832_cell_171.png": "White spot",
  "C93P54ThinF_IMG_20150821_163640_cell_42.png": "Torn",
  "C97P58ThinF_IMG_20150917_151551_cell_179.png": "Three dots",
  "C99P60ThinF_IMG_20150918_140900_cell_139.png": "Speck outside"
};
const untitled = samples.find(({file}) => !titles[file]);
if (untitled) throw new Error(`The sample ${untitled.file} has no title: say in samples.json.ts what it looks like.`);

const trained = existsSync(path.join(modelDirectory, "predictions.csv"));
const {cell, score} = trained ? readPredictions(manifest, modelDirectory) : {cell: [], score: []};
const scores = new Map(cell.map((place, index) => [place, score[index]!]));
const point = trained ? parseMetadata(readJson(path.join(modelDirectory, "metadata.json"))) : null;

process.stdout.write(
  JSON.stringify(
    sort(samples, ({file}) => file).map(({file, label, disputed, place}) => ({file, title: titles[file], label, disputed,
      kind: point ? sampleKind({label, disputed}, scores.get(place)!, point) : null,
      png: readFileSync(path.join(folder, file), "base64")
    }))
  )
);
