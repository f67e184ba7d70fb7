import pRetry, {AbortError} from "p-retry";
import {withTimeout} from "../formats/limits.js";
import {hexDigest} from "../formats/read-file.js";
import type {WasmFiles} from "./engine.js";
import {parseMetadata} from "./metadata.js";
import type {ModelFile, ModelMetadata} from "./metadata.js";
import type * as tf from "./tf.js";

/** Most bytes that metadata.json may have. */
const METADATA_BYTES = 10_000_000;
/** A connection that sends nothing for so long counts as dropped. */
const IDLE_MILLISECONDS = 30_000;
/** Further attempts at a file. */
const RETRIES = 3;

/** Where the model lies, and the sha256 that its `metadata.json` must have. */
export interface ModelSource {
  /** Absolute URL of the model's folder, ending in a slash. */
  base: string;
  /** sha256 of `metadata.json` in hexadecimal, which lists that of every other file; null when there is no model. */
  sha256: string | null;
  /** Where TensorFlow.js's WebAssembly backend lies; without it, it is not tried. */
  wasm?: WasmFiles;
}

/** The files of a model: their contents by path. */
export interface ModelFiles {
  files: Map<string, ArrayBuffer>;
}

/** A downloaded model, every byte of it verified, with the files that its metadata lists. */
export interface ModelBundle extends ModelFiles {
  metadata: ModelMetadata;
}

/** Options of {@link downloadModel}; the defaults are the browser's own. */
export interface DownloadOptions {
  /** Told the bytes received so far, and their total, over all files; less than before where a file is fetched anew. */
  onProgress?: (loaded: number, total: number) => void;
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Milliseconds before a file's first further attempt; each later pause is three times as long. */
  pause?: number;
  /** Files that an earlier download received, by path. */
  kept?: ReadonlyMap<string, Blob>;
  /** Given each file that has come whole. */
  onKept?: (path: string, content: Blob) => void;
}

/**
 * Downloads a model and checks the sha256 of every file before it is used. A dropped connection, a server error and a
 * wrong hash (a stale cache) are tried again past the cache, all with growing pauses, a file at a time: what has come
 * whole, now or in an earlier download, is not fetched again, but is checked again.
 * @throws Error with a sentence for the visitor
 */
export function downloadModel(source: ModelSource, options: DownloadOptions = {}): Promise<ModelBundle> {
  return downloadListed(source, parseMetadata, options);
}

/**
 * Downloads a model whose `metadata.json` is of whatever kind, as {@link downloadModel} does.
 * @param parse reads the metadata, and throws an Error with a sentence for the visitor if it can't
 * @throws Error with a sentence for the visitor
 */
export async function downloadListed<Metadata extends {files: ModelFile[]}>(
  {base, sha256}: ModelSource,
  parse: (value: unknown) => Metadata,
  {
    onProgress = () => {},
    fetch = globalThis.fetch.bind(globalThis),
    pause = 500,
    kept = new Map(),
    onKept = () => {}
  }: DownloadOptions = {}
): Promise<ModelFiles & {metadata: Metadata}> {
  if (sha256 === null) throw new Error("This copy of the site was built without the network, so it cannot classify.");
  if (!globalThis.crypto?.subtle) {
    throw new Error("The model cannot be verified on this address. Open the site over https or on localhost.");
  }
  const ended = new AbortController();
  const get = async (file: ModelFile, onBytes: (bytes: number) => void = () => {}): Promise<ArrayBuffer> => {
    const earlier = await kept.get(file.path)?.arrayBuffer();
    if (earlier && (await hexDigest(earlier)) === file.sha256) {
      onBytes(earlier.byteLength);
      return earlier;
    }
    const content = await pRetry(
      async (attempt) => {
        onBytes(0);
        const init = {cache: attempt === 1 ? "default" : "reload", signal: ended.signal} as const;
        const received = await receive(file, () => fetch(new URL(file.path, base).href, init), onBytes);
        if ((await hexDigest(received)) === file.sha256) return received;
        throw new Error(
          `The downloaded ${file.path} is not the published file (its sha256 differs), so it is not used. Retry.`
        );
      },
      {retries: RETRIES, minTimeout: pause, factor: 3, signal: ended.signal}
    );
    onKept(file.path, new Blob([content]));
    return content;
  };

  const bytes = await get({path: "metadata.json", sha256, bytes: METADATA_BYTES});
  const metadata = parse(JSON.parse(new TextDecoder().decode(bytes)));
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

/** Reads what a server sends, up to the end, or to more than is expected. */
async function receive(
  {path, bytes}: ModelFile,
  ask: () => Promise<Response>,
  onBytes: (bytes: number) => void
): Promise<ArrayBuffer> {
  const interrupted = () =>
    new Error(`The download of ${path} was interrupted. Check the connection and retry; what has come is kept.`);
  const orInterrupted = <T>(promise: Promise<T>) =>
    withTimeout(promise, IDLE_MILLISECONDS, interrupted).catch(() => Promise.reject(interrupted()));
  const {ok, status, body} = await orInterrupted(ask());
  if (status >= 400 && status < 500 && ![408, 429].includes(status)) {
    throw new AbortError(`The model's file ${path} is not on the server (status ${status}).`);
  }
  if (!ok) throw new Error(`The server could not send ${path} (status ${status}). Retry later.`);
  const chunks: BlobPart[] = [];
  const reader = body!.getReader();
  try {
    for (let length = 0; length <= bytes;) {
      const {done, value} = await orInterrupted(reader.read());
      if (done) break;
      chunks.push(value);
      onBytes((length += value.length));
    }
  } finally {
    reader.cancel().catch(() => {});
  }
  return new Blob(chunks).arrayBuffer();
}

/**
 * Reads the graph and the weights of a downloaded model, as TensorFlow.js wants them and without it.
 * @throws Error if a file is missing
 */
export async function readArtifacts({files}: ModelFiles): Promise<tf.io.ModelArtifacts> {
  const json = JSON.parse(new TextDecoder().decode(fileOf(files, "model.json"))) as tf.io.ModelJSON;
  const {weightsManifest, ...graph} = json;
  // One buffer, since tfjs reads the wrong bytes from several when the last of them is larger than the others.
  const shards = weightsManifest.flatMap(({paths}) => paths).map((path) => fileOf(files, path));
  const weightSpecs = weightsManifest.flatMap(({weights}) => weights);
  return {...graph, weightSpecs, weightData: await new Blob(shards).arrayBuffer()};
}

function fileOf(files: ModelFiles["files"], path: string): ArrayBuffer {
  const content = files.get(path);
  if (!content) throw new Error(`The model asks for ${path}, which its metadata.json does not list.`);
  return content;
}
