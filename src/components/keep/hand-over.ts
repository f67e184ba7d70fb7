import {createStore, del, get, set} from "idb-keyval";

/** A file on its way from one page of this site to another, on the visitor's device. */
export interface HandOver {
  /** Lays a file down for the next page. @throws DOMException where the browser keeps nothing (a private window) */
  give(file: File): Promise<void>;
  /** Takes what was laid down; it is then gone. @returns null where there is nothing, or nothing is kept here */
  take(): Promise<File | null>;
}

const KEY = "file";
/** Milliseconds after which nobody waits for what was laid down any more. */
const PATIENCE = 60_000;

/** Opens the place of a name in the browser's IndexedDB. */
export function openHandOver(name = "malaria-hand-over"): HandOver {
  const store = createStore(name, "files");
  return {
    give: async (file) => set(KEY, {file, at: Date.now()}, store),
    async take() {
      try {
        const kept = await get<{file?: unknown; at?: number}>(KEY, store);
        if (!kept) return null;
        await del(KEY, store);
        return kept.file instanceof File && Date.now() - kept.at! < PATIENCE ? kept.file : null;
      } catch {
        return null;
      }
    }
  };
}
