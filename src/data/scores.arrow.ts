import {emit} from "./loaders/emit.js";
import {readManifest} from "./loaders/manifest.js";
import {packScores, readScores} from "./loaders/scores.js";

await emit(() => packScores(readScores(readManifest())));
