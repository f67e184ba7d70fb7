import {withTimeout} from "../formats/limits.js";

/** A file that was chosen, and where it lay. */
export interface ChosenFile {
  file: File;
  /** Its place in the folder that was chosen or dropped, that folder's name first; its bare name without one. */
  path: string;
}

/** Milliseconds after which a folder or file on a drive that does not answer is left out of a drop. */
const PATIENCE = 10_000;

/**
 * The files of a drop, those in dropped folders and their subfolders included, folder by folder. Call it while the
 * event is handled: afterwards the browser empties the list.
 * @returns the files in the order in which the browser lists them, and how many folders or files could not be opened
 */
export async function collectFiles(transfer: DataTransfer): Promise<{files: ChosenFile[]; unreadable: number}> {
  let unreadable = 0;
  const ask = <T>(from: (done: (value: T) => void, fail: (reason: unknown) => void) => void) =>
    withTimeout(new Promise<T>(from), PATIENCE, () => new Error("The drive does not answer."));

  async function filesBelow(entry: FileSystemEntry): Promise<ChosenFile[]> {
    try {
      if (entry.isFile) {
        const file = await ask<File>((...settle) => (entry as FileSystemFileEntry).file(...settle));
        return [{file, path: entry.fullPath.replace(/^\//, "")}];
      }
      const reader = (entry as FileSystemDirectoryEntry).createReader();
      const files: ChosenFile[] = [];
      for (;;) {
        // A reader gives at most some hundred entries at a time, and none at the end.
        const entries = await ask<FileSystemEntry[]>((...settle) => reader.readEntries(...settle));
        if (entries.length === 0) return files;
        // Added one by one: thousands are too many arguments.
        for (const below of await Promise.all(entries.map(filesBelow))) for (const file of below) files.push(file);
      }
    } catch {
      unreadable += 1;
      return [];
    }
  }

  const items = Array.from(transfer.items).filter(({kind}) => kind === "file");
  const dropped = items.map((item) => ({entry: item.webkitGetAsEntry?.() ?? null, file: item.getAsFile()}));
  const lists = dropped.map(async ({entry, file}) =>
    entry?.isDirectory ? filesBelow(entry) : file ? [{file, path: file.name}] : []
  );
  const files = (await Promise.all(lists)).flat();
  return {files, unreadable};
}
