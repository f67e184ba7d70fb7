import {createWriteStream} from "node:fs";
import {mkdir, rename, rm, stat} from "node:fs/promises";
import {dirname} from "node:path";
import {Readable} from "node:stream";
import {pipeline} from "node:stream/promises";
import type {ReadableStream} from "node:stream/web";
import {setTimeout as sleep} from "node:timers/promises";
import {sha256OfFile} from "./digest.js";
import {UserError} from "./problem.js";
import {noProgress} from "./progress.js";
import type {StartProgress} from "./progress.js";

/** The official archive of full-size cells, 353,452,851 bytes. */
export const OFFICIAL_ARCHIVE = {
  url: "https://data.lhncbc.nlm.nih.gov/public/Malaria/cell_images.zip",
  sha256: "0a949556b2414159b5100192609805376654c4266d8d187be9b1922fad43c668"
};

export interface DownloadOptions {
  url: string;
  /** SHA-256 the file must have, in hex. */
  sha256: string;
  /** Where to put it; until it is complete and checked it is called `<file>.part`. */
  file: string;
  /** How often in a row the connection may fail without bringing anything. */
  attempts?: number;
  /** Milliseconds to wait before trying again. */
  pause?: number;
  startProgress?: StartProgress;
}

/**
 * Downloads a file, going on where an earlier attempt, or an earlier run, broke off. A complete file with the right hash
 * is left as it is.
 *
 * @throws UserError if the server refuses, can't be reached, or delivers a file with another hash (which is removed).
 */
export async function download(options: DownloadOptions): Promise<void> {
  const {url, sha256, file, attempts = 5, pause = 2000, startProgress = noProgress} = options;
  if ((await sizeOf(file)) > 0 && (await sha256OfFile(file)) === sha256) return;
  const part = `${file}.part`;
  await mkdir(dirname(file), {recursive: true});
  for (let failures = 0, done = false; !done;) {
    const before = await sizeOf(part);
    try {
      await fetchRest(url, part, before, startProgress);
      done = true;
    } catch (error) {
      if (error instanceof UserError) throw error;
      failures = (await sizeOf(part)) > before ? 0 : failures + 1;
      if (failures >= attempts) {
        const reason = ((error as Error).cause as Error | undefined)?.message || (error as Error).message;
        throw new UserError(`${url} can't be reached (${reason}). Run the command again: it goes on where it stopped.`);
      }
      await sleep(pause);
    }
  }
  const found = await sha256OfFile(part);
  if (found !== sha256) {
    await rm(part);
    throw new UserError(
      `${url} delivered a file with SHA-256 ${found}, not ${sha256}; it was removed. Run the command again.`
    );
  }
  await rename(part, file);
}

async function fetchRest(url: string, part: string, start: number, startProgress: StartProgress): Promise<void> {
  const response = await fetch(url, start > 0 ? {headers: {Range: `bytes=${start}-`}} : {});
  if (response.status === 416) {
    // Nothing is left after `start`: either the part is complete, or it is longer than the file and useless.
    await response.body?.cancel();
    if (response.headers.get("content-range") === `bytes */${start}`) return;
    await rm(part, {force: true});
    throw new Error("the partial file did not fit");
  }
  if (response.status >= 500) throw new Error(`the server answered ${response.status}`);
  if (!response.ok || !response.body)
    throw new UserError(`${url} can't be downloaded: the server answered ${response.status}.`);
  const resumed = response.status === 206;
  const done = resumed ? start : 0;
  const length = Number(response.headers.get("content-length"));
  const progress = startProgress("Downloading (MB)", (done + length) / 1e6, done / 1e6);
  try {
    await pipeline(
      Readable.fromWeb(response.body as ReadableStream<Uint8Array>),
      async function* (chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          progress.advance(chunk.length / 1e6);
          yield chunk;
        }
      },
      createWriteStream(part, {flags: resumed ? "a" : "w"})
    );
  } finally {
    progress.stop();
  }
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.size ?? 0;
}
