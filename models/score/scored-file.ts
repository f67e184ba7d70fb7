import {readFile, stat} from "node:fs/promises";
import {checkBytes} from "../../src/components/formats/limits.js";
import {Refusal} from "../../src/components/image/refusal.js";

/** A file to score. */
export interface ScoredFile {
  /** Its place in the folder, list or archive; of a folder with that folder's name first, as the page has it. */
  path: string;
  /** Where it lies, if it is a file of its own. */
  place?: string;
  /** Its content. @throws Refusal `too-large` before it is read, or `unreadable` */
  read: () => Promise<Uint8Array<ArrayBuffer>>;
}

/** A file that lies on the disk. */
export function onDisk(path: string, place: string): ScoredFile {
  const read = async () => {
    const {size} = await orUnreadable(stat(place));
    checkBytes(size);
    return orUnreadable(readFile(place));
  };
  return {path, place, read: async () => new Uint8Array(await read())};
}

/** A file whose content is there. */
export function inMemory(path: string, bytes: Uint8Array): ScoredFile {
  return {
    path,
    async read() {
      checkBytes(bytes.length);
      return new Uint8Array(bytes);
    }
  };
}

/** What a task gives. @throws Refusal `unreadable` where it fails */
export function orUnreadable<T>(task: Promise<T>): Promise<T> {
  return task.catch((error: unknown) => {
    const why = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new Refusal(
      "unreadable",
      `This file cannot be read (${why}). Check that it is there and that you may read it.`
    );
  });
}
