import type {MathBackendWebGL} from "@tensorflow/tfjs-backend-webgl";
import {CELL_SIZE} from "../image/cell-input.js";
import type {ModelBundle} from "./download.js";
import type {Engine, EngineOptions} from "./engine.js";
import * as tf from "./tf.js";

const INPUT = "cells";
const OUTPUT = "probabilities";

/**
 * Loads a graph model (input `cells` [n, 50, 50, 3], output `probabilities` [n, 2]) on one of tfjs's backends.
 * @throws Error if the backend cannot run here or the files are not such a model
 */
export async function loadTfEngine(model: ModelBundle, {backend, onLost}: EngineOptions): Promise<Engine> {
  if (!(await tf.setBackend(backend)) || tf.getBackend() !== backend) throw new Error(`${backend} is not available.`);
  await tf.ready();
  if (backend === "webgl" && onLost) {
    (tf.backend() as MathBackendWebGL).gpgpu.gl.canvas.addEventListener("webglcontextlost", onLost, {once: true});
  }
  const graph = await tf.loadGraphModel({load: () => readArtifacts(model)});
  return {
    backend,
    async predict(batch) {
      const output = tf.tidy(() => {
        const cells = tf.tensor4d(batch, [batch.length / (CELL_SIZE * CELL_SIZE * 3), CELL_SIZE, CELL_SIZE, 3]);
        return graph.execute({[INPUT]: cells}, OUTPUT) as tf.Tensor;
      });
      try {
        return (await output.data()) as Float32Array;
      } finally {
        output.dispose();
      }
    },
    dispose: () => graph.dispose()
  };
}

function readArtifacts({files}: ModelBundle): Promise<tf.io.ModelArtifacts> {
  const json = JSON.parse(new TextDecoder().decode(fileOf(files, "model.json"))) as tf.io.ModelJSON;
  // One buffer, since tfjs reads the wrong bytes from several when the last of them is larger than the others.
  return tf.io.getModelArtifactsForJSON(json, async (manifest) => [
    manifest.flatMap(({weights}) => weights),
    await new Blob(manifest.flatMap(({paths}) => paths).map((path) => fileOf(files, path))).arrayBuffer()
  ]);
}

function fileOf(files: ModelBundle["files"], path: string): ArrayBuffer {
  const content = files.get(path);
  if (!content) throw new Error(`The model asks for ${path}, which its metadata.json does not list.`);
  return content;
}
