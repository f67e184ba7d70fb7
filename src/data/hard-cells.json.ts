import {emit} from "./loaders/emit.js";
import {readManifest} from "./loaders/manifest.js";
import {readCellScores} from "./loaders/scores.js";
import {chooseHardCells} from "./loaders/thumbnails.js";

await emit(() => {
  const rows = readManifest();
  return chooseHardCells(rows, readCellScores(rows));
});
