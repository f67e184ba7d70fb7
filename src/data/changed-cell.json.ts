import {existsSync} from "node:fs";
import path from "node:path";
import {emit} from "./loaders/emit.js";
import {modelDirectory, readJson} from "./loaders/read.js";

// A cell after each change of the report's robustness, as addresses by `change:level`; none where there are no pictures.
const file = path.join(modelDirectory, "changed-cell.json");
await emit(() => (existsSync(file) ? readJson(file) : {}));
