import type {ModelBundle} from "./download.js";
import * as tf from "./tf.js";

/**
 * Reads the graph and the weights of a downloaded model.
 * @throws Error if a file is missing
 */
export function readArtifacts({files}: ModelBundle): Promise<tf.io.ModelArtifacts> {
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
