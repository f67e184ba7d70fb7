import {readFile} from "node:fs/promises";
import {join} from "node:path";
import JSZip from "jszip";

// TensorFlow.js's WebAssembly backend as its package ships it: the script and its three binaries (plain, SIMD, SIMD
// with threads), which the site serves itself. Undated: equal packages give equal bytes.
const folder = "node_modules/@tensorflow/tfjs-backend-wasm/dist";
const files = [
  "tf-backend-wasm.es2017.min.js",
  "tfjs-backend-wasm.wasm",
  "tfjs-backend-wasm-simd.wasm",
  "tfjs-backend-wasm-threaded-simd.wasm"
];
const date = new Date("2000-01-01T00:00:00Z");
const archive = new JSZip();
for (const file of files) archive.file(file, await readFile(join(folder, file)), {date, createFolders: false});
process.stdout.write(await archive.generateAsync({type: "nodebuffer", compression: "STORE"}));
