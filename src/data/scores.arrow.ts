import {emit} from "./loaders/emit.js";
import {readManifest} from "./loaders/manifest.js";
import {packScores, readCellScores} from "./loaders/scores.js";

await emit(() => packScores(readCellScores(readManifest())));
