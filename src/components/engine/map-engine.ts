import {readArtifacts} from "./download.js";
import type {ModelFiles} from "./download.js";
import type {Backend, WasmFiles} from "./engine.js";
import {registerWasm, use} from "./tf-engine.js";
import * as tf from "./tf.js";

/** A network that makes maps of pictures of any size. */
export interface MapEngine {
  /**
   * @param picture height × width × 3 floats, row by row
   * @returns the maps' values, row by row
   */
  run: (picture: {data: Float32Array; width: number; height: number}) => Promise<Float32Array>;
  /** Gives all memory back; the engine must not be used afterwards. */
  dispose: () => void;
}

/**
 * Loads a graph of one input [n, h, w, 3] and one output on a backend of TensorFlow.js.
 * @param wasm where the WebAssembly backend is; without it, `wasm` must have been registered before
 * @throws Error if the backend cannot run here or the files are not such a model
 */
export async function loadMapEngine(model: ModelFiles, backend: Backend, wasm?: WasmFiles): Promise<MapEngine> {
  if (backend === "wasm" && wasm) await registerWasm(wasm);
  await use(backend);
  const artifacts = await readArtifacts(model);
  const graph = await tf.loadGraphModel({load: async () => artifacts});
  return {
    async run({data, width, height}) {
      await use(backend);
      const maps = tf.tidy(() => graph.execute(tf.tensor4d(data, [1, height, width, 3])) as tf.Tensor);
      try {
        return (await maps.data()) as Float32Array;
      } finally {
        maps.dispose();
      }
    },
    dispose: () => graph.dispose()
  };
}
