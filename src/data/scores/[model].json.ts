import {parseArgs} from "node:util";
import {emit} from "../loaders/emit.js";
import {readScores} from "../loaders/evaluation.js";
import {readManifest} from "../loaders/manifest.js";

const {values} = parseArgs({options: {model: {type: "string", default: ""}}});

await emit(() => readScores(readManifest(), values.model));
