import {emit} from "./loaders/emit.js";
import {headline} from "./loaders/headline.js";
import {readManifest} from "./loaders/manifest.js";
import {readMetadata} from "./loaders/metadata.js";
import {readPredictions} from "./loaders/predictions.js";
import {modelDirectory} from "./loaders/read.js";
import {readReport} from "./loaders/report.js";

await emit(() => headline(readMetadata(), readReport(readPredictions(readManifest(), modelDirectory).folds)));
