import type {ModelBundle} from "./download.js";
import type {WasmFiles} from "./wasm-backend.js";

/** What computes: the graphics card through WebGL, WebAssembly, or plain JavaScript. */
export type Backend = "webgl" | "wasm" | "cpu";

/** All backends, the usually fastest first, by the names that people read. */
export const BACKENDS: Record<Backend, string> = {
  webgl: "WebGL",
  wasm: "WebAssembly",
  cpu: "plain JavaScript"
};

/** What a network makes of n cells. */
export interface Output {
  /** n × 2 class probabilities, in the order of the metadata's labels. */
  probabilities: Float32Array;
  /** n × 512 values that the last layer sees; null where the network does not tell them. */
  features: Float32Array | null;
}

/** A loaded network. tfjs is behind it today; another runtime may take its place. */
export interface Engine {
  readonly backend: Backend;
  /** @param batch n cells as floats 0…1, shape [n, 50, 50, 3] */
  predict(batch: Float32Array): Promise<Output>;
  /**
   * Where the cells speak for a class and against the other.
   * @param batch as for `predict`
   * @param output index of the class
   * @returns n × 50 × 50 values, not negative
   * @throws Error if this network is not of the kind that can be explained
   */
  explain(batch: Float32Array, output: number): Promise<Float32Array>;
  /** Gives all memory back; the engine must not be used afterwards. */
  dispose(): void;
}

/** Options of {@link LoadEngine}. */
export interface EngineOptions {
  backend: Backend;
  /** Where the WebAssembly backend is; without it, `wasm` must have been registered before. */
  wasm?: WasmFiles;
  /** Called when the graphics card drops its context: predictions under way will never settle. */
  onLost?: () => void;
}

/** Builds an engine from a verified model. @throws Error if the backend cannot run here */
export type LoadEngine = (model: ModelBundle, options: EngineOptions) => Promise<Engine>;
