import {fetchFile} from "./fetch-file.js";
import type {ExpectedFile, FetchFileOptions} from "./fetch-file.js";
import {parseMetadata} from "./metadata.js";
import type {ModelFile, ModelMetadata} from "./metadata.js";
import type * as tf from "./tf.js";
import type {WasmFiles} from "./wasm-backend.js";

/** Most bytes that metadata.json may have. */
const METADATA_BYTES = 10_000_000;

/** Where the model lies, and the sha256 that its `metadata.json` must have. */
export interface ModelSource {
  /** Absolute URL of the model's folder, ending in a slash. */
  base: string;
  /** sha256 of `metadata.json` in hexadecimal, which lists that of every other file; null when there is no model. */
  sha256: string | null;
  /** Where TensorFlow.js's WebAssembly backend lies; without it, it is not tried. */
  wasm?: WasmFiles;
}

/** A downloaded model, every byte of it verified. */
export interface ModelBundle {
  metadata: ModelMetadata;
  /** Contents by path, as `metadata.files` lists them. */
  files: Map<string, ArrayBuffer>;
}

/** Options of {@link downloadModel}; the defaults are the browser's own. */
export interface DownloadOptions extends Partial<Pick<FetchFileOptions, "fetch" | "pauses">> {
  /** Told the bytes received so far, and their total, over all files. */
  onProgress?: (loaded: number, total: number) => void;
  /** What an earlier download received, by path. */
  kept?: ReadonlyMap<string, Blob>;
  /** Given what there is of each file, whole or not, once it is done or given up. */
  onKept?: (path: string, content: Blob) => void;
}

/**
 * Downloads a model and checks the sha256 of every file before it is used. A dropped connection is gone on from where it
 * broke, a server error and a wrong hash (a stale cache) are retried past the cache, all with growing pauses. What
 * `kept` holds whole is not fetched again, but is checked again.
 * @throws Error with a sentence for the visitor
 */
export async function downloadModel(
  {base, sha256}: ModelSource,
  {
    onProgress = () => {},
    fetch = globalThis.fetch.bind(globalThis),
    pauses = [500, 2000, 5000],
    kept = new Map(),
    onKept = () => {}
  }: DownloadOptions = {}
): Promise<ModelBundle> {
  if (sha256 === null) throw new Error("This copy of the site was built without the network, so it cannot classify.");
  if (!globalThis.crypto?.subtle) {
    throw new Error("The model cannot be verified on this address. Open the site over https or on localhost.");
  }
  const ended = new AbortController();
  const get = (file: ExpectedFile, onBytes?: (bytes: number) => void) =>
    fetchFile(new URL(file.path, base).href, file, {
      ...{fetch, pauses, onBytes, signal: ended.signal, kept: kept.get(file.path)},
      onKept: (content) => onKept(file.path, content)
    });

  const bytes = await get({path: "metadata.json", sha256, bytes: METADATA_BYTES, exact: false});
  const metadata = parseMetadata(JSON.parse(new TextDecoder().decode(bytes)));
  const total = metadata.files.reduce((sum, file) => sum + file.bytes, 0);
  const received = new Map<string, number>();
  onProgress(0, total);
  const download = async (file: ModelFile): Promise<[string, ArrayBuffer]> => {
    const content = await get(file, (count) => {
      received.set(file.path, count);
      onProgress(
        [...received.values()].reduce((sum, n) => sum + n, 0),
        total
      );
    });
    return [file.path, content];
  };
  const downloads = metadata.files.map(download);
  try {
    return {metadata, files: new Map(await Promise.all(downloads))};
  } catch (error) {
    ended.abort();
    await Promise.allSettled(downloads);
    throw error;
  }
}

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
