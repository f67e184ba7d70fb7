import {emit} from "./loaders/emit.js";
import {readManifest} from "./loaders/manifest.js";
import {readScores} from "./loaders/scores.js";
import {chooseHardCells} from "./loaders/thumbnails.js";

await emit(() => {
  const rows = readManifest();
  return chooseHardCells(rows, readScores(rows));
});
