import {withTimeout} from "../image/decode.js";

/** A connection that sends nothing for so long counts as dropped. */
const IDLE_MILLISECONDS = 30_000;
/** An attempt that brings so many bytes was worth it: the pauses start anew. */
const WORTHWHILE = 65_536;

/** What a file must be. */
export interface ExpectedFile {
  /** As people read it. */
  path: string;
  /** Its sha256 in lower-case hexadecimal. */
  sha256: string;
  /** Its size in bytes, or the most that is accepted where `exact` is false. */
  bytes: number;
  /** Whether the size is known; where it is not, nothing kept is gone on from. */
  exact?: boolean;
}

/** Options of {@link fetchFile}. */
export interface FetchFileOptions {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Milliseconds to wait before each further attempt; their number is that of attempts in vain before giving up. */
  pauses: readonly number[];
  /** What an earlier call received of the file. */
  kept?: Blob;
  /** Told the bytes there are so far; less than before where the server starts over. */
  onBytes?: (bytes: number) => void;
  /** Given what there is, whole or not, when the call ends, for a later call to go on from. */
  onKept?: (content: Blob) => void;
  /** Ends the call, which then rejects. */
  signal?: AbortSignal;
}

/** An error that another attempt will not mend. */
class PermanentError extends Error {}

/**
 * Fetches a file and checks its sha256. After a dropped connection it asks for the rest only (a range), and starts over
 * where the server has no ranges; server errors and wrong bytes are asked for again past the cache. The hash is taken
 * over the whole, so however it was pieced together, it is the published file.
 * @throws Error with a sentence for the visitor
 */
export async function fetchFile(url: string, expected: ExpectedFile, options: FetchFileOptions): Promise<ArrayBuffer> {
  const {pauses, kept, onKept = () => {}, signal} = options;
  const part = createPart(expected.exact === false ? undefined : kept, options.onBytes);
  try {
    for (let inVain = 0, first = true; ; first = false) {
      const before = part.length;
      try {
        return await attempt(url, expected, part, {...options, cache: first ? "default" : "reload"});
      } catch (error) {
        if (error instanceof PermanentError || signal?.aborted) throw error;
        inVain = part.length - before >= WORTHWHILE ? 1 : inVain + 1;
        if (inVain > pauses.length) throw error;
        await pause(pauses[inVain - 1]!, signal);
      }
    }
  } finally {
    onKept(part.content());
  }
}

/** Bytes from the start of a file. */
interface Part {
  readonly length: number;
  add(chunk: Uint8Array<ArrayBuffer>): void;
  clear(): void;
  content(): Blob;
}

function createPart(kept: Blob | undefined, onBytes: (bytes: number) => void = () => {}): Part {
  let chunks: BlobPart[] = kept ? [kept] : [];
  let length = kept?.size ?? 0;
  if (length) onBytes(length);
  return {
    get length() {
      return length;
    },
    add(chunk) {
      chunks.push(chunk);
      onBytes((length += chunk.length));
    },
    clear() {
      if (length) onBytes(0);
      chunks = [];
      length = 0;
    },
    content: () => new Blob(chunks)
  };
}

async function attempt(
  url: string,
  expected: ExpectedFile,
  part: Part,
  {fetch, cache, signal}: FetchFileOptions & {cache: RequestCache}
): Promise<ArrayBuffer> {
  const {path, sha256, bytes, exact = true} = expected;
  const wrong = () => {
    part.clear();
    return new Error(
      `The downloaded ${path} is not the published file (its sha256 differs), so it is not used. Retry.`
    );
  };
  if (part.length !== bytes) {
    const ending = new AbortController();
    const end = () => ending.abort();
    signal?.addEventListener("abort", end);
    try {
      await receive(part, expected, (headers) => fetch(url, {cache, headers, signal: ending.signal}));
    } finally {
      end();
      signal?.removeEventListener("abort", end);
    }
    if (part.length > bytes || (exact && part.length < bytes)) throw wrong();
  }
  const content = await part
    .content()
    .arrayBuffer()
    .catch(() => null);
  if (content && (await hexDigest(content)) === sha256) return content;
  throw wrong();
}

/** Adds what the server sends, up to the end, or to more than is expected. */
async function receive(
  part: Part,
  {path, bytes}: ExpectedFile,
  ask: (headers: Record<string, string>) => Promise<Response>
): Promise<void> {
  const orInterrupted = <T>(promise: Promise<T>) =>
    withTimeout(promise, IDLE_MILLISECONDS, () => interrupted(path)).catch(() => Promise.reject(interrupted(path)));
  const from = part.length;
  const response = await orInterrupted(ask(from ? {Range: `bytes=${from}-`} : {}));
  const {status} = response;
  if (status >= 400 && status < 500 && ![408, 416, 429].includes(status)) {
    throw new PermanentError(`The model's file ${path} is not on the server (status ${status}).`);
  }
  if (response.ok || status === 416) {
    const goesOn = status === 206 && response.headers.get("content-range")?.startsWith(`bytes ${from}-`);
    if (!goesOn) part.clear();
    if (status === 206 && !goesOn) throw interrupted(path);
  }
  if (!response.ok) throw new Error(`The server could not send ${path} (status ${status}). Retry later.`);
  for (const reader = response.body!.getReader(); part.length <= bytes;) {
    const {done, value} = await orInterrupted(reader.read());
    if (done) break;
    part.add(value);
  }
}

function interrupted(path: string): Error {
  return new Error(`The download of ${path} was interrupted. Check the connection and retry; it goes on from there.`);
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new Error("The download was ended."));
    });
  });
}

/** @returns the sha256 of `content` in lower-case hexadecimal */
async function hexDigest(content: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
