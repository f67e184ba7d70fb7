import {readFile} from "node:fs/promises";
import {join} from "node:path";
import JSZip from "jszip";
import {faces, fontPackages, fontStyles} from "./build/fonts.js";

// The faces lie in packages; this archive is how Framework reaches them, as /fonts/<file>, and what declares them.
// Undated: equal packages give equal bytes.
const options = {date: new Date("2000-01-01T00:00:00Z"), createFolders: false};
const archive = new JSZip();
archive.file("faces.css", fontStyles(), options);
for (const {file} of faces) archive.file(file, await readFile(join(fontPackages, file)), options);
process.stdout.write(await archive.generateAsync({type: "nodebuffer", compression: "STORE"}));
