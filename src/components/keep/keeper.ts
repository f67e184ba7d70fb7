import {formatCount} from "../ui/format.js";
import type {Shelf} from "./shelf.js";

/** Most files that are kept, and most of their bytes. */
const [MOST_FILES, MOST_BYTES] = [1000, 256e6];
/** Milliseconds between two writings, once there are so many files; few are written at once: a page may be left at any time. */
const [REST, MANY] = [300, 30];

/** Options of {@link createKeeper}. */
export interface KeeperOptions<Entry, Record, Found extends {entry: Entry}> {
  shelf: Shelf<Record>;
  /** What is written of an entry. */
  recordOf: (entry: Entry) => Record;
  /** What is made of a record; undefined where it is none that can be used. */
  read: (record: Record) => Found | undefined;
  /** Told in a sentence what becomes of the results when the page is left. */
  say: (sentence: string) => void;
}

/** What is kept: a file, and when it was chosen, by which records are listed. */
export interface Keepable {
  readonly file: Blob;
  readonly choice: number;
}

/** Keeps entries on the visitor's device until they are cleared. None of its functions rejects. */
export interface Keeper<Entry, Found> {
  /** @returns what an earlier page left, in the order of the choices */
  restore(): Promise<Found[]>;
  /** Keeps entries as they are, soon. */
  save(entries: readonly Entry[]): void;
  /** Writes at once what was to be written soon. */
  flush(): Promise<void>;
  forget(entry: Entry): void;
  clear(): void;
}

const SENTENCES = {
  kept: "Kept in this browser, on this device, until you clear them.",
  many: `Of many files the first ${formatCount(MOST_FILES)} (${MOST_BYTES / 1e6} MB at most) are kept in this browser until you clear them; the others only while this page is open.`,
  full: "This browser has no room left for more: what was answered last is lost when you leave this page. Save the table, or clear results.",
  refused: "This browser keeps nothing here (a private window?): results are lost when you leave this page.",
  elsewhere: "Another tab keeps its results; those of this tab are lost when you leave it."
};

/** Starts to keep. Nothing is written before {@link Keeper.restore} has looked. */
export function createKeeper<Entry extends Keepable, Record, Found extends {entry: Entry}>({
  shelf,
  recordOf,
  read,
  say
}: KeeperOptions<Entry, Record, Found>): Keeper<Entry, Found> {
  const keys = new WeakMap<Entry, [choice: number, place: number]>();
  const kept = new Map<Entry, number>();
  const due = new Set<Entry>();
  let bytes = 0;
  let places = 0;
  let state: keyof typeof SENTENCES | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writtenAt = -Infinity;
  let last: Promise<void> = Promise.resolve();
  const isOpen = () => state === "kept" || state === "many" || state === "full";

  function become(next: keyof typeof SENTENCES): void {
    if (state !== next) say(SENTENCES[next]);
    state = next;
  }

  /** Makes room in the books for an entry. @returns whether it is kept */
  function admit(entry: Entry): boolean {
    if (kept.has(entry)) return true;
    const {size} = entry.file;
    if (kept.size >= MOST_FILES || bytes + size > MOST_BYTES) {
      become("many");
      return false;
    }
    kept.set(entry, size);
    bytes += size;
    if (!keys.has(entry)) keys.set(entry, [entry.choice, places++]);
    return true;
  }

  function release(entry: Entry): void {
    bytes -= kept.get(entry) ?? 0;
    kept.delete(entry);
    due.delete(entry);
  }

  /** Does one thing after the other, so that what is cleared stays so. */
  function then(task: () => Promise<void>, onFault = () => {}): Promise<void> {
    last = last.then(task).catch(onFault);
    return last;
  }

  function writeSoon(): void {
    if (due.size)
      timer ??= setTimeout(
        () => void write(),
        kept.size > MANY ? Math.max(0, writtenAt + REST - performance.now()) : 0
      );
  }

  function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    writtenAt = performance.now();
    const some = [...due].filter((entry) => kept.has(entry));
    due.clear();
    if (some.length === 0) return last;
    const records = some.map((entry): [IDBValidKey, Record] => [keys.get(entry)!, recordOf(entry)]);
    return then(
      () => shelf.put(records),
      () => become("full")
    );
  }

  return {
    async restore() {
      if (!(await shelf.claim().catch(() => true))) {
        become("elsewhere");
        return [];
      }
      const records = await shelf.all().catch(() => null);
      if (!records) {
        become("refused");
        return [];
      }
      const foreign: IDBValidKey[] = [];
      const found: Found[] = [];
      for (const [key, record] of records) {
        const one = read(record);
        if (!one) {
          foreign.push(key);
          continue;
        }
        keys.set(one.entry, key as [number, number]);
        places = Math.max(places, (key as [number, number])[1] + 1);
        admit(one.entry);
        found.push(one);
      }
      if (foreign.length) void then(() => shelf.remove(foreign));
      become(state === "many" ? "many" : "kept");
      for (const entry of [...due]) if (!admit(entry)) due.delete(entry);
      writeSoon();
      return found;
    },
    save(entries) {
      if (state !== undefined && !isOpen()) return;
      for (const entry of entries) if (state === undefined || admit(entry)) due.add(entry);
      if (state !== undefined) writeSoon();
    },
    flush: write,
    forget(entry) {
      const key = keys.get(entry);
      release(entry);
      if (key && isOpen()) void then(() => shelf.remove([key]));
    },
    clear() {
      for (const entry of [...kept.keys()]) release(entry);
      due.clear();
      if (!isOpen()) return;
      become("kept");
      void then(() => shelf.clear());
    }
  };
}
