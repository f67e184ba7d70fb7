import {emit} from "./loaders/emit.js";
import {drawFlips, readFlips} from "./loaders/flips.js";
import {readManifest} from "./loaders/manifest.js";

await emit(() => drawFlips(readFlips(readManifest(), "models/student")));
