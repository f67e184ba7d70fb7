import {readFile} from "node:fs/promises";
import {join} from "node:path";
import JSZip from "jszip";
import {listModelFiles} from "./build/published.js";

// The models live outside the source root; this archive is how Framework reaches them, as /models/<name>/<file>.
// Stored, not compressed, and undated: equal models give equal bytes.
const archive = new JSZip();
for (const file of listModelFiles()) archive.file(file, await readFile(join("models", file)), {date: new Date(0)});
process.stdout.write(await archive.generateAsync({type: "nodebuffer", compression: "STORE", createFolders: false}));
