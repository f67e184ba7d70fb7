import type {LoadEngine} from "./engine.js";
import {loadKernelEngine} from "./kernel-engine.js";

/** TensorFlow.js is only fetched where it is needed. */
const loadTfEngine: LoadEngine = async (...given) => (await import("./tf-engine.js")).loadTfEngine(...given);

/**
 * Loads a model on a backend: on WebAssembly with the site's own kernels where they and the browser can, else with
 * TensorFlow.js.
 * @throws Error if the backend cannot run here
 */
export const loadEngine: LoadEngine = async (model, options) => {
  if (options.backend === "wasm" && options.wasm?.kernels) {
    try {
      const binary = await (await fetch(options.wasm.kernels)).arrayBuffer();
      return await loadKernelEngine(model, options, binary);
    } catch {
      // A browser without SIMD, another graph, or little memory: TensorFlow.js says what is wrong, if it fails too.
    }
  }
  return loadTfEngine(model, options);
};
