import {emit} from "./loaders/emit.js";
import {readManifest} from "./loaders/manifest.js";
import {packCells} from "./loaders/pack.js";

await emit(() => packCells(readManifest()));
