import {readFileSync, readdirSync} from "node:fs";
import {createRequire} from "node:module";
import path from "node:path";
import type {ModelBundle, ModelFiles} from "../src/components/engine/download.js";
import type {Engine, ExplainingEngine} from "../src/components/engine/engine.js";
import {loadKernelEngine} from "../src/components/engine/kernel-engine.js";
import {parseMetadata} from "../src/components/engine/metadata.js";
import {finderOn} from "../src/components/finder/open-finder.js";
import type {Finder} from "../src/components/finder/open-finder.js";
import {parseFinder, testFinder} from "../src/components/finder/start-finder.js";
import {sha256 as sha256Of} from "../src/data/pack/digest.js";

/**
 * Reads a model from its directory as the browser would download it.
 * @throws Error naming the file that is not the one that metadata.json lists
 */
export function readBundle(directory: string): ModelBundle {
  const read = (file: string) => Uint8Array.from(readFileSync(path.join(directory, file)));
  const metadata = parseMetadata(JSON.parse(new TextDecoder().decode(read("metadata.json"))));
  const files = metadata.files.map(({path: file, sha256}): [string, ArrayBuffer] => {
    const content = read(file);
    if (sha256Of(content) !== sha256)
      throw new Error(`${file} is not the file that metadata.json lists: export again.`);
    return [file, content.buffer];
  });
  return {metadata, files: new Map(files)};
}

/** Reads the graph and the weights of an export that has no metadata yet. */
export function readUnlisted(directory: string): ModelFiles {
  const names = readdirSync(directory).filter((name) => name === "model.json" || name.endsWith(".bin"));
  return {
    files: new Map(names.map((name) => [name, Uint8Array.from(readFileSync(path.join(directory, name))).buffer]))
  };
}

/** Loads a model as the browser does on WebAssembly: on the site's own kernels. */
export async function openKernelEngine(bundle: ModelFiles): Promise<ExplainingEngine> {
  return loadKernelEngine(bundle, {binary: readFileSync("src/components/kernels/kernels.wasm")});
}

/** Loads a model into the browser's TensorFlow.js engine, on WebAssembly in Node. */
export async function openEngine(bundle: ModelFiles): Promise<Engine> {
  await haveTensorFlow();
  const {loadTfEngine} = await import("../src/components/engine/tf-engine.js");
  return loadTfEngine(bundle, {backend: "wasm"});
}

/** Loads the finder as the browser does, on WebAssembly in Node. @throws Error if its files do not give what they should */
export async function openFinderHere(directory: string): Promise<Finder> {
  await haveTensorFlow();
  const {loadMapEngine} = await import("../src/components/engine/map-engine.js");
  const metadata = parseFinder(JSON.parse(readFileSync(path.join(directory, "metadata.json"), "utf8")));
  const engine = await loadMapEngine(readUnlisted(directory), "wasm");
  await testFinder(engine, metadata);
  return finderOn(engine, "wasm");
}

/** Has TensorFlow.js's WebAssembly backend ready in Node. */
async function haveTensorFlow(): Promise<void> {
  // The bundle of TensorFlow.js that browsers get asks for `require` when it finds itself in Node.
  Object.assign(globalThis, {require: createRequire(import.meta.url)});
  await import("../src/components/engine/tf.js");
  await import("@tensorflow/tfjs-backend-wasm");
}
