import {createHash} from "node:crypto";
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import path from "node:path";
import type {ModelBundle} from "../src/components/engine/download.js";
import type {Engine, ExplainingEngine} from "../src/components/engine/engine.js";
import {loadKernelEngine} from "../src/components/engine/kernel-engine.js";
import {parseMetadata} from "../src/components/engine/metadata.js";

/**
 * Reads a model from its directory as the browser would download it.
 * @throws Error naming the file that is not the one that metadata.json lists
 */
export function readBundle(directory: string): ModelBundle {
  const read = (file: string) => Uint8Array.from(readFileSync(path.join(directory, file)));
  const metadata = parseMetadata(JSON.parse(new TextDecoder().decode(read("metadata.json"))));
  const files = metadata.files.map(({path: file, sha256}): [string, ArrayBuffer] => {
    const content = read(file);
    if (createHash("sha256").update(content).digest("hex") !== sha256) {
      throw new Error(`${file} is not the file that metadata.json lists: export again.`);
    }
    return [file, content.buffer];
  });
  return {metadata, files: new Map(files)};
}

/** Loads a model as the browser does on WebAssembly: on the site's own kernels. */
export async function openKernelEngine(bundle: ModelBundle): Promise<ExplainingEngine> {
  return loadKernelEngine(bundle, {binary: readFileSync("src/components/kernels/kernels.wasm")});
}

/** Loads a model into the browser's TensorFlow.js engine, on WebAssembly in Node. */
export async function openEngine(bundle: ModelBundle): Promise<Engine> {
  // The bundle of TensorFlow.js that browsers get asks for `require` when it finds itself in Node.
  Object.assign(globalThis, {require: createRequire(import.meta.url)});
  const {loadTfEngine} = await import("../src/components/engine/tf-engine.js");
  await import("@tensorflow/tfjs-backend-wasm");
  return loadTfEngine(bundle, {backend: "wasm"});
}
