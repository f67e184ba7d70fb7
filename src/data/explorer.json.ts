import {emit} from "./loaders/emit.js";
import {explorerFacts} from "./loaders/explorer.js";
import {readManifest} from "./loaders/manifest.js";
import {readMetadata} from "./loaders/metadata.js";
import {readCellScores} from "./loaders/scores.js";

await emit(() => {
  const rows = readManifest();
  return explorerFacts(rows, readCellScores(rows), readMetadata());
});
