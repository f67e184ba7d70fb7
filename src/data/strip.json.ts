import {emit} from "./loaders/emit.js";
import {cellsDirectory, readManifest} from "./loaders/manifest.js";
import {cutStrip} from "./loaders/strip.js";

await emit(() => cutStrip(readManifest(), cellsDirectory));
