import {MOST_THREADS} from "../kernels/threads.js";
import type {ModelFiles} from "./download.js";
import type {ExplainingEngine, LoadEngine, WasmFiles} from "./engine.js";
import {loadKernelEngine} from "./kernel-engine.js";

/** TensorFlow.js is only fetched where it is needed. */
const loadTfEngine: LoadEngine = async (...given) => (await import("./tf-engine.js")).loadTfEngine(...given);

const fetched = new Map<string, Promise<ArrayBuffer>>();

/** Fetches the kernels once for all engines: a second one may be wanted when the connection is gone. */
function fetchKernels(address: string): Promise<ArrayBuffer> {
  let binary = fetched.get(address);
  if (!binary) {
    binary = fetch(address).then((response) => {
      if (!response.ok) throw new Error(`The kernels could not be fetched (${response.status}).`);
      return response.arrayBuffer();
    });
    binary.catch(() => fetched.delete(address));
    fetched.set(address, binary);
  }
  return binary;
}

/** How many threads may compute: memory is only shared where the page is cross-origin isolated. */
function threadsHere(): number {
  return globalThis.crossOriginIsolated ? Math.min(MOST_THREADS, navigator.hardwareConcurrency) : 1;
}

/** The kernels that can be used here, the best first. */
function waysOf({kernels, sharedKernels}: WasmFiles): {address: string; threads: number}[] {
  const threads = threadsHere();
  return [
    ...(threads > 1 && sharedKernels !== undefined ? [{address: sharedKernels, threads}] : []),
    ...(kernels !== undefined ? [{address: kernels, threads: 1}] : [])
  ];
}

/** Begins to fetch the kernels that {@link loadEngine} will want, so that they come along with a model. */
export function fetchAhead(wasm: WasmFiles): void {
  const [best] = waysOf(wasm);
  if (!best) return;
  fetchKernels(best.address).catch(() => {
    // They are asked for again when they are wanted.
  });
}

/**
 * Loads a model on the site's own kernels, on threads if possible.
 * @throws Error if these, this browser or its memory cannot take it
 */
export async function loadKernels(model: ModelFiles, wasm: WasmFiles | undefined): Promise<ExplainingEngine> {
  let reason: unknown = new Error("There are no kernels here.");
  for (const {address, threads} of wasm ? waysOf(wasm) : []) {
    try {
      return await loadKernelEngine(model, {binary: await fetchKernels(address), threads});
    } catch (error) {
      reason = error;
    }
  }
  throw reason;
}

/**
 * Loads a model on a backend: on WebAssembly with the site's own kernels where they can, else with TensorFlow.js.
 * @throws Error if the backend cannot run here
 */
export const loadEngine: LoadEngine = async (model, options) => {
  if (options.backend === "wasm") {
    try {
      return await loadKernels(model, options.wasm);
    } catch {
      // A browser without SIMD, another graph, or little memory: TensorFlow.js says what is wrong, if it fails too.
    }
  }
  return loadTfEngine(model, options);
};
