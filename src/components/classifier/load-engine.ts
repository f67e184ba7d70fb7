import type {LoadEngine} from "./engine.js";
import {loadKernelEngine} from "./kernel-engine.js";

/** TensorFlow.js is only fetched where it is needed. */
const loadTfEngine: LoadEngine = async (...given) => (await import("./tf-engine.js")).loadTfEngine(...given);

const fetched = new Map<string, ArrayBuffer>();

/** Fetches the kernels once for all engines: a second one may be wanted when the connection is gone. */
async function fetchKernels(address: string): Promise<ArrayBuffer> {
  let binary = fetched.get(address);
  if (!binary) {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`The kernels could not be fetched (${response.status}).`);
    binary = await response.arrayBuffer();
    fetched.set(address, binary);
  }
  return binary;
}

/**
 * Loads a model on a backend: on WebAssembly with the site's own kernels where they and the browser can, else with
 * TensorFlow.js.
 * @throws Error if the backend cannot run here
 */
export const loadEngine: LoadEngine = async (model, options) => {
  if (options.backend === "wasm" && options.wasm?.kernels) {
    try {
      return await loadKernelEngine(model, options, await fetchKernels(options.wasm.kernels));
    } catch {
      // A browser without SIMD, another graph, or little memory: TensorFlow.js says what is wrong, if it fails too.
    }
  }
  return loadTfEngine(model, options);
};
