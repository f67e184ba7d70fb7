import type {ModelBundle} from "./download.js";
import type * as tf from "./tf.js";

/**
 * Reads the graph and the weights of a downloaded model, as TensorFlow.js wants them and without it.
 * @throws Error if a file is missing
 */
export async function readArtifacts({files}: ModelBundle): Promise<tf.io.ModelArtifacts> {
  const json = JSON.parse(new TextDecoder().decode(fileOf(files, "model.json"))) as tf.io.ModelJSON;
  const {weightsManifest, ...graph} = json;
  // One buffer, since tfjs reads the wrong bytes from several when the last of them is larger than the others.
  const shards = weightsManifest.flatMap(({paths}) => paths).map((path) => fileOf(files, path));
  const weightSpecs = weightsManifest.flatMap(({weights}) => weights);
  return {...graph, weightSpecs, weightData: await new Blob(shards).arrayBuffer()};
}

function fileOf(files: ModelBundle["files"], path: string): ArrayBuffer {
  const content = files.get(path);
  if (!content) throw new Error(`The model asks for ${path}, which its metadata.json does not list.`);
  return content;
}
