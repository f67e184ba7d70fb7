import {emitArchive} from "./loaders/emit.js";
import {readModelScores} from "./loaders/evaluation.js";
import {readManifest} from "./loaders/manifest.js";
import {modelTitles} from "./loaders/model-titles.js";

// The scores of each model that the evaluation page knows, served as /data/scores/<model>.json.
await emitArchive(async () => {
  const manifest = readManifest();
  const names = Object.keys(modelTitles);
  return names.map((name) => [`${name}.json`, JSON.stringify(readModelScores(manifest, name))] as const);
});
