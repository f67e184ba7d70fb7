import {readArtifacts} from "./download.js";
import type {ModelFiles} from "./download.js";
import * as tf from "./tf.js";

/** A network that makes maps of pictures of any size. */
export interface MapEngine {
  /** @param data height × width × 3 floats; @returns the maps' values, row by row */
  run(picture: {data: Float32Array; width: number; height: number}): Promise<Float32Array>;
  /** Gives all memory back; the engine must not be used afterwards. */
  dispose(): void;
}

/**
 * Loads a graph of one input [n, h, w, 3] and one output on the backend of TensorFlow.js that is at work.
 * @throws Error if the files are not such a model
 */
export async function loadMapEngine(model: ModelFiles): Promise<MapEngine> {
  const artifacts = await readArtifacts(model);
  const graph = await tf.loadGraphModel({load: async () => artifacts});
  return {
    async run({data, width, height}) {
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
