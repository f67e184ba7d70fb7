import {summarise} from "./loaders/dataset.js";
import {emit} from "./loaders/emit.js";
import {readManifest} from "./loaders/manifest.js";

await emit(() => summarise(readManifest()));
