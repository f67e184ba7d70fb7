import {withTimeout} from "../image/timeout.js";
import {parseMetadata} from "./metadata.js";
import type {ModelFile, ModelMetadata} from "./metadata.js";
import type {WasmFiles} from "./wasm-backend.js";

/** A connection that sends nothing for so long counts as dropped. */
const IDLE_MILLISECONDS = 30_000;

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
export interface DownloadOptions {
  /** Told the bytes received so far, and their total, over all files. */
  onProgress?: (loaded: number, total: number) => void;
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Milliseconds to wait before each further attempt; their number is the number of retries. */
  pauses?: number[];
}

/**
 * Downloads a model and checks the sha256 of every file before it is used. A dropped connection, a server error and a
 * wrong hash (a stale cache) are retried past the cache, with growing pauses.
 * @throws Error with a sentence for the visitor
 */
export async function downloadModel(
  {base, sha256}: ModelSource,
  {onProgress = () => {}, fetch = globalThis.fetch.bind(globalThis), pauses = [500, 2000, 5000]}: DownloadOptions = {}
): Promise<ModelBundle> {
  if (sha256 === null) throw new Error("This copy of the site was built without the network, so it cannot classify.");
  if (!globalThis.crypto?.subtle) {
    throw new Error("The model cannot be verified on this address. Open the site over https or on localhost.");
  }
  const get = (file: Omit<ModelFile, "bytes">, onBytes: (bytes: number) => void) =>
    retry(pauses, (attempt) => fetchVerified(new URL(file.path, base).href, file, {attempt, fetch, onBytes}));

  const bytes = await get({path: "metadata.json", sha256}, () => {});
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
  return {metadata, files: new Map(await Promise.all(metadata.files.map(download)))};
}

class PermanentError extends Error {}

async function retry<T>(pauses: number[], attempt: (n: number) => Promise<T>): Promise<T> {
  for (let n = 0; ; n++) {
    try {
      return await attempt(n);
    } catch (error) {
      if (error instanceof PermanentError || n >= pauses.length) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauses[n]));
    }
  }
}

async function fetchVerified(
  url: string,
  {path, sha256}: Omit<ModelFile, "bytes">,
  {attempt, fetch, onBytes}: Required<Pick<DownloadOptions, "fetch">> & {attempt: number; onBytes: (n: number) => void}
): Promise<ArrayBuffer> {
  const response = await fetch(url, {cache: attempt === 0 ? "default" : "reload"}).catch(() => null);
  if (response === null) throw new Error(`The download of ${path} was interrupted. Check the connection and retry.`);
  if (response.status >= 400 && response.status < 500) {
    throw new PermanentError(`The model's file ${path} is not on the server (status ${response.status}).`);
  }
  if (!response.ok) throw new Error(`The server could not send ${path} (status ${response.status}). Retry later.`);
  const content = await readAll(response, onBytes).catch(() => {
    throw new Error(`The download of ${path} was interrupted. Check the connection and retry.`);
  });
  if ((await hexDigest(content)) !== sha256) {
    throw new Error(`The downloaded ${path} is not the published file (its sha256 differs), so it is not used. Retry.`);
  }
  return content;
}

async function readAll(response: Response, onBytes: (n: number) => void): Promise<ArrayBuffer> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (const reader = response.body!.getReader(); ;) {
    const {done, value} = await withTimeout(reader.read(), IDLE_MILLISECONDS, () => new Error("idle"));
    if (done) return new Blob(chunks).arrayBuffer();
    chunks.push(value);
    onBytes((length += value.length));
  }
}

/** @returns the sha256 of `content` in lower-case hexadecimal */
export async function hexDigest(content: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
