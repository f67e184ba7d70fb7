import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {faces, fontPackages, fontStyles} from "./build/fonts.js";
import {emitArchive} from "./data/loaders/emit.js";

// The faces lie in packages; this archive is how Framework reaches them, as /fonts/<file>, and what declares them.
await emitArchive(async () => [
  ["faces.css", fontStyles()],
  ...(await Promise.all(faces.map(async ({file}) => [file, await readFile(join(fontPackages, file))] as const)))
]);
