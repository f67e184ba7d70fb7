import {emit} from "./loaders/emit.js";
import {headline} from "./loaders/headline.js";
import {readManifest} from "./loaders/manifest.js";
import {readMetadata} from "./loaders/metadata.js";
import {readPredictions} from "./loaders/predictions.js";

await emit(() => headline(readPredictions(readManifest()), readMetadata().threshold ?? 0.5));
