import type {ModelFiles} from "./download.js";

/** What computes: the graphics card through WebGL, WebAssembly, or plain JavaScript. */
export type Backend = "webgl" | "wasm" | "cpu";

/** All backends, the usually fastest first, by the names that people read. */
export const BACKENDS: Record<Backend, string> = {
  webgl: "WebGL",
  wasm: "WebAssembly",
  cpu: "plain JavaScript"
};

/** Cells that are computed together where that is quicker a cell, and the milliseconds that they may take then. */
export const [BATCH, LONGEST_BATCH] = [8, 1000];

/** What a network makes of n cells. */
export interface Output {
  /** n × 2 class probabilities, in the order of the metadata's labels. */
  probabilities: Float32Array;
  /** n × 512 values that the last layer sees; null where the network does not tell them. */
  features: Float32Array | null;
}

/** A loaded network: on the site's own kernels, or on TensorFlow.js. */
export interface Engine {
  readonly backend: Backend;
  /** @param batch n cells as floats 0…1, shape [n, 50, 50, 3] */
  predict(batch: Float32Array): Promise<Output>;
  /**
   * Where the cells speak for a class and against the other; only the kernels tell, null elsewhere.
   * @param batch as for `predict`
   * @param output index of the class
   * @returns n × 50 × 50 values, not negative
   */
  readonly explain: ((batch: Float32Array, output: number) => Promise<Float32Array>) | null;
  /** Gives all memory back; the engine must not be used afterwards. */
  dispose(): void;
}

/** Addresses of the files of `@tensorflow/tfjs-backend-wasm` and of the own kernels, all served by the site. */
export interface WasmFiles {
  /** Its `tf-backend-wasm.es2017.min.js`. */
  script: string;
  /** Its binaries with SIMD by their own names. */
  binaries: Record<`tfjs-backend-wasm-${"simd" | "threaded-simd"}.wasm`, string>;
  /** The site's own `kernels.wasm`, tried first. */
  kernels?: string;
  /** The same for threads: `shared-kernels.wasm`, taken before it where the page is cross-origin isolated. */
  sharedKernels?: string;
}

/** Options of {@link LoadEngine}. */
export interface EngineOptions {
  backend: Backend;
  /** Where the WebAssembly backend is; without it, `wasm` must have been registered before. */
  wasm?: WasmFiles;
  /** Called when the graphics card drops its context: predictions under way will never settle. */
  onLost?: () => void;
}

/** An engine that explains too. */
export type ExplainingEngine = Engine & {readonly explain: NonNullable<Engine["explain"]>};

/** Builds an engine from a verified model. @throws Error if the backend cannot run here */
export type LoadEngine = (model: ModelFiles, options: EngineOptions) => Promise<Engine>;

/** Names of renderers that compute WebGL on the processor: Chromium's, Mesa's and Windows's. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/**
 * Says whether WebGL is only imitated in software here, where it is many times slower than WebAssembly.
 * @returns the renderer's name, or null if WebGL runs on a graphics card, does not say, or is not there
 */
export function softwareWebgl(canvas: Pick<OffscreenCanvas, "getContext"> = new OffscreenCanvas(1, 1)): string | null {
  const gl = canvas.getContext("webgl2") as WebGL2RenderingContext | null;
  if (!gl) return null;
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  const renderer = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return SOFTWARE.exec(renderer)?.[0] ?? null;
}
