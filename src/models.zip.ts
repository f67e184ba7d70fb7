import {readFile} from "node:fs/promises";
import {join} from "node:path";
import JSZip from "jszip";
import {listModelFiles} from "./build/published.js";

// The models live outside the source root; this archive is how Framework reaches them, as /models/<name>/<file>.
// Stored, not compressed, and undated: equal models give equal bytes.
const date = new Date("2000-01-01T00:00:00Z");
const archive = new JSZip();
for (const file of listModelFiles())
  archive.file(file, await readFile(join("models", file)), {date, createFolders: false});
process.stdout.write(await archive.generateAsync({type: "nodebuffer", compression: "STORE"}));
