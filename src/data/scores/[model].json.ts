import {parseArgs} from "node:util";
import {emit} from "../loaders/emit.js";
import {readModelScores} from "../loaders/evaluation.js";
import {readManifest} from "../loaders/manifest.js";

const {values} = parseArgs({options: {model: {type: "string", default: ""}}});

await emit(() => readModelScores(readManifest(), values.model));
