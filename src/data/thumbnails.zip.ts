import {emitArchive} from "./loaders/emit.js";
import {cellsDirectory, readManifest} from "./loaders/manifest.js";
import {readCellScores} from "./loaders/scores.js";
import {chooseHardCells, makeThumbnails} from "./loaders/thumbnails.js";

// Small lossy sheets for the galleries, served as /data/thumbnails/<sheet>.
await emitArchive(() => {
  const rows = readManifest();
  return makeThumbnails(rows, chooseHardCells(rows, readCellScores(rows)), cellsDirectory);
});
