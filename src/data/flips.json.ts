import {emit} from "./loaders/emit.js";
import {readFlips} from "./loaders/flips.js";
import {readManifest} from "./loaders/manifest.js";

// The student's: its training is short enough to be run again for this record.
await emit(() => readFlips(readManifest(), "models/student"));
