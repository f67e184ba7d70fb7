import * as tf from "./tf.js";

/** Addresses of the files of `@tensorflow/tfjs-backend-wasm` and of the own kernels, all served by the site. */
export interface WasmFiles {
  /** Its `tf-backend-wasm.es2017.min.js`. */
  script: string;
  /** Its binaries by their own names. */
  binaries: Record<`tfjs-backend-wasm${"" | "-simd" | "-threaded-simd"}.wasm`, string>;
  /** The site's own `kernels.wasm`, tried first. */
  kernels?: string;
  /** The same for threads: `shared-kernels.wasm`, taken before it where the page is cross-origin isolated. */
  sharedKernels?: string;
}

interface Scope {
  tf?: typeof tf & {wasm?: {setWasmPaths(paths: WasmFiles["binaries"]): void}};
}

/**
 * Adds the backend `wasm` to the one tf that {@link tf} is, unless it has it. The package's script for browsers looks
 * for that tf in the global scope, so no second copy of TensorFlow.js comes with it. Of the binaries it takes the one
 * that this browser can run best: threads need a cross-origin isolated page.
 * @throws Error if the script cannot be fetched
 */
export async function registerWasm({script, binaries}: WasmFiles): Promise<void> {
  if (tf.findBackendFactory("wasm")) return;
  const scope = globalThis as Scope;
  scope.tf = {...tf};
  await import(script);
  scope.tf.wasm!.setWasmPaths(binaries);
}
