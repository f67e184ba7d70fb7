import {emit} from "./loaders/emit.js";
import {readEvaluation} from "./loaders/evaluation.js";
import {readManifest} from "./loaders/manifest.js";

await emit(() => readEvaluation(readManifest()));
