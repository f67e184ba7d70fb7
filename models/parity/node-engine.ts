import {createHash} from "node:crypto";
import {readFileSync} from "node:fs";
import path from "node:path";
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import {cellSide, cellValues} from "../../src/data/shapes/cells.js";

/** Scores cells in Node. */
export interface NodeEngine {
  /** P(parasitized) of each cell; `cells` are RGB bytes of shape [n, 50, 50, 3]. */
  score(cells: Uint8Array): Promise<Float32Array>;
  dispose(): void;
}

const batch = 32;

/**
 * Opens `model.json` of a directory with stock TensorFlow.js on its WASM backend.
 *
 * @param files if given, every file must have the sha256 that is listed for it
 * @throws Error naming the file that is not the one listed
 */
export async function openInNode(
  directory: string,
  files: readonly {path: string; sha256: string}[] = []
): Promise<NodeEngine> {
  if (!(await tf.setBackend("wasm"))) throw new Error("TensorFlow.js could not start its WASM backend.");
  for (const file of files) {
    const found = createHash("sha256")
      .update(readFileSync(path.join(directory, file.path)))
      .digest("hex");
    if (found !== file.sha256) throw new Error(`${file.path} is not the file that metadata.json lists: export again.`);
  }
  const json = JSON.parse(readFileSync(path.join(directory, "model.json"), "utf8")) as tf.io.ModelJSON;
  const model = await tf.loadGraphModel({
    load: () =>
      tf.io.getModelArtifactsForJSON(json, async (manifest) => [
        manifest.flatMap(({weights}) => weights),
        manifest
          .flatMap(({paths}) => paths)
          .map((file) => Uint8Array.from(readFileSync(path.join(directory, file))).buffer)
      ])
  });
  return {
    async score(cells) {
      const out = new Float32Array(cells.length / cellValues);
      for (let start = 0; start < out.length; start += batch) {
        const part = cells.subarray(start * cellValues, (start + batch) * cellValues);
        const answer = tf.tidy(() => {
          const pictures = Float32Array.from(part, (value) => value / 255);
          return model.predict(tf.tensor4d(pictures, [part.length / cellValues, cellSide, cellSide, 3])) as tf.Tensor;
        });
        const values = await answer.data();
        answer.dispose();
        for (let i = 0; i < values.length / 2; i++) out[start + i] = values[2 * i]!;
      }
      return out;
    },
    dispose: () => model.dispose()
  };
}
