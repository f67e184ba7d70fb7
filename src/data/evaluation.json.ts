import {emit} from "./loaders/emit.js";
import {readManifest} from "./loaders/manifest.js";
import {readPredictions} from "./loaders/predictions.js";

await emit(() => readPredictions(readManifest()));
