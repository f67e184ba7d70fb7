import {createKeeper} from "../keep/keeper.js";
import type {Shelf} from "../keep/shelf.js";
import type {SmearField} from "./review.js";

/** What a record has that was kept by another version of this page: no number, or another one. */
const FORMAT = 1;

/** The file of a field that was opened without one. One for all: the browser is asked for each that is made, and the page waits. */
const NO_FILE = new Blob();

/** A field as it is kept on the visitor's device: its file, empty where it was opened without one, and what is known of it. */
export interface KeptField {
  format: number;
  file: Blob;
  choice: number;
  /** Its place in the smear. */
  place: number;
  field: SmearField;
}

/** Keeps a smear on the visitor's device until it is cleared. None of its functions rejects. */
export interface KeptSmear {
  /** @returns what an earlier page left, in the order of the smear */
  restore(): Promise<KeptField[]>;
  /**
   * Keeps a smear as it is now: writes what has changed since the last call, removes what is gone.
   * @param fileOf the file of a field by its sha256
   */
  follow(fields: readonly SmearField[], fileOf: (sha256: string) => Blob | undefined): void;
  /** Writes at once what was to be written soon. */
  flush(): Promise<void>;
}

interface Entry {
  file: Blob;
  choice: number;
  place: number;
  field: SmearField;
}

/**
 * Starts to keep.
 * @param options.say told in a sentence what becomes of the smear when the page is left
 */
export function createKeptSmear({shelf, say}: {shelf: Shelf<KeptField>; say: (sentence: string) => void}): KeptSmear {
  const entries = new Map<string, Entry>();
  const keeper = createKeeper<Entry, KeptField, {entry: Entry}>({
    shelf,
    say,
    recordOf: (entry) => ({format: FORMAT, ...entry}),
    read: (record) => {
      if (record?.format !== FORMAT || !(record.file instanceof Blob)) return undefined;
      const {file, choice, place, field} = record;
      return {entry: {file, choice, place, field}};
    }
  });

  return {
    async restore() {
      const found = (await keeper.restore()).map(({entry}) => entry);
      for (const entry of found) entries.set(entry.field.sha256, entry);
      return found.sort((a, b) => a.place - b.place).map((entry) => ({format: FORMAT, ...entry}));
    },
    follow(fields, fileOf) {
      const there = new Set(fields.map(({sha256}) => sha256));
      for (const [sha256, entry] of entries) {
        if (there.has(sha256)) continue;
        keeper.forget(entry);
        entries.delete(sha256);
      }
      const changed = fields.flatMap((field, place) => {
        const file = fileOf(field.sha256) ?? NO_FILE;
        const entry = entries.get(field.sha256);
        if (!entry) {
          const added = {file, choice: Date.now(), place, field};
          entries.set(field.sha256, added);
          return [added];
        }
        if (entry.field === field && entry.place === place && entry.file.size === file.size) return [];
        return [Object.assign(entry, {field, place, file})];
      });
      if (changed.length) keeper.save(changed);
    },
    flush: () => keeper.flush()
  };
}
