import {clear, createStore, delMany, entries, setMany} from "idb-keyval";

/** Where records lie on the visitor's device, each under a key by whose order they are listed. */
export interface Shelf<T> {
  /**
   * Takes the shelf for this page, for as long as it is open: two pages that write would mix what they keep.
   * @returns whether it was free
   */
  claim(): Promise<boolean>;
  /** @throws DOMException where the browser keeps nothing (a private window) */
  all(): Promise<[key: IDBValidKey, record: T][]>;
  /** @throws DOMException where there is no room for them; then none is kept */
  put(records: [key: IDBValidKey, record: T][]): Promise<void>;
  remove(keys: IDBValidKey[]): Promise<void>;
  clear(): Promise<void>;
}

/**
 * Milliseconds that a page waits for the one before it to let go of the shelf: long where that is itself, loaded anew, short
 * where it may be another tab, which does not.
 */
function patience(): number {
  const [{type} = {type: ""}] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return type === "reload" || type === "back_forward" ? 5000 : 300;
}

/** Opens the shelf of a name in the browser's IndexedDB; where it has no locks, the shelf is free. */
export function openShelf<T>(name: string): Shelf<T> {
  const store = createStore(name, "records");
  return {
    async claim() {
      const {locks} = navigator as Partial<Pick<Navigator, "locks">>;
      if (!locks) return true;
      const take = (options: LockOptions) =>
        new Promise<boolean>((resolve) => {
          const hold = (lock: Lock | null) => {
            resolve(lock !== null);
            return lock && new Promise(() => {});
          };
          locks.request(name, options, hold).catch(() => resolve(false));
        });
      // Whether it is free is asked without a clock: a busy device would be late, and what is done there would be lost.
      return (await take({ifAvailable: true})) || take({signal: AbortSignal.timeout(patience())});
    },
    // Async, so that a browser without IndexedDB rejects too.
    all: async () => entries(store),
    put: async (records) => setMany(records, store),
    remove: async (keys) => delMany(keys, store),
    clear: async () => clear(store)
  };
}
