import {emit} from "./loaders/emit.js";
import {explorerFacts} from "./loaders/explorer.js";
import {readManifest} from "./loaders/manifest.js";
import {readPredictions} from "./loaders/predictions.js";
import {modelDirectory} from "./loaders/read.js";
import {readReport} from "./loaders/report.js";

await emit(() => {
  const rows = readManifest();
  const {folds} = readPredictions(rows, modelDirectory);
  return explorerFacts(rows, readReport(folds).points);
});
