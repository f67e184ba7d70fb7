import {existsSync} from "node:fs";
import {emit} from "./loaders/emit.js";
import {readJson} from "./loaders/read.js";

// How well the finder does on whole fields of other laboratories; null where it was not measured.
const file = "models/finder/report.json";
await emit(() => (existsSync(file) ? readJson(file) : null));
