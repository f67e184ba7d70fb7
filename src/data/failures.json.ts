import {existsSync} from "node:fs";
import path from "node:path";
import {emit} from "./loaders/emit.js";
import {modelDirectory, readJson} from "./loaders/read.js";

// Cells of other laboratories that the shipped network called wrongly, with their pictures; null where there are none.
const file = path.join(modelDirectory, "failures.json");
await emit(() => (existsSync(file) ? readJson(file) : null));
