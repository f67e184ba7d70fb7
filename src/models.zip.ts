import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {listModelFiles} from "./build/published.js";
import {emitArchive} from "./data/loaders/emit.js";

// The models live outside the source root; this archive is how Framework reaches them, as /models/<name>/<file>.
await emitArchive(() =>
  Promise.all(listModelFiles().map(async (file) => [file, await readFile(join("models", file))] as const))
);
