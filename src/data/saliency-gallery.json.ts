import {existsSync} from "node:fs";
import path from "node:path";
import {emit} from "./loaders/emit.js";
import {modelDirectory, readJson} from "./loaders/read.js";

// Maps of cells that the shipped network answers rightly and wrongly, with their pictures; null where none were made.
const file = path.join(modelDirectory, "saliency-gallery.json");
await emit(() => (existsSync(file) ? readJson(file) : null));
