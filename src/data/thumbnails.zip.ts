import JSZip from "jszip";
import {emit} from "./loaders/emit.js";
import {cellsDirectory, readManifest} from "./loaders/manifest.js";
import {readCellScores} from "./loaders/scores.js";
import {chooseHardCells, makeThumbnails} from "./loaders/thumbnails.js";

// Small lossy sheets for the galleries, served as /data/thumbnails/<sheet>. Undated: equal cells give equal bytes.
const date = new Date("2000-01-01T00:00:00Z");
await emit(async () => {
  const rows = readManifest();
  const archive = new JSZip();
  for (const [name, bytes] of await makeThumbnails(rows, chooseHardCells(rows, readCellScores(rows)), cellsDirectory)) {
    archive.file(name, bytes, {date, createFolders: false});
  }
  return archive.generateAsync({type: "nodebuffer", compression: "STORE"});
});
