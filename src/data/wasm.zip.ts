import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {emitArchive} from "./loaders/emit.js";

// TensorFlow.js's WebAssembly backend as its package ships it, which the site serves itself: the script and its binaries
// with SIMD, which every browser has that the site runs in.
const folder = "node_modules/@tensorflow/tfjs-backend-wasm/dist";
const files = ["tf-backend-wasm.es2017.min.js", "tfjs-backend-wasm-simd.wasm", "tfjs-backend-wasm-threaded-simd.wasm"];
await emitArchive(() => Promise.all(files.map(async (file) => [file, await readFile(join(folder, file))] as const)));
