import {MOST_THREADS} from "../kernels/threads.js";
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

/** How many threads may compute: memory is only shared where the page is cross-origin isolated. */
function threadsHere(): number {
  return globalThis.crossOriginIsolated ? Math.min(MOST_THREADS, navigator.hardwareConcurrency) : 1;
}

/**
 * Loads a model on a backend: on WebAssembly with the site's own kernels where they and the browser can, on threads if
 * possible, else with TensorFlow.js.
 * @throws Error if the backend cannot run here
 */
export const loadEngine: LoadEngine = async (model, options) => {
  const {kernels, sharedKernels} = (options.backend === "wasm" && options.wasm) || {};
  const most = threadsHere();
  const ways = [
    {address: most > 1 ? sharedKernels : undefined, threads: most},
    {address: kernels, threads: 1}
  ];
  for (const {address, threads} of ways) {
    if (address === undefined) continue;
    try {
      return await loadKernelEngine(model, options, {binary: await fetchKernels(address), threads});
    } catch {
      // A browser without SIMD, another graph, or little memory: TensorFlow.js says what is wrong, if it fails too.
    }
  }
  return loadTfEngine(model, options);
};
