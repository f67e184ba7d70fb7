import {placeOnSheet, sheetName} from "../../data/shapes/cells.js";
import type {HardCells} from "../../data/shapes/cells.js";
import {sampleCount, shuffledCells} from "../../data/shapes/shuffled.js";
import {messageOf} from "../image/refusal.js";

/** Fetches and decodes one sheet by its address in a folder. */
export type PictureLoader = (sheet: string, signal?: AbortSignal) => Promise<ImageBitmap>;

/**
 * Makes a function that fetches and decodes the pictures of a folder.
 *
 * @param folder address of the folder, with a slash at its end
 */
export function pictureLoader(folder: string): PictureLoader {
  return async (sheet, signal) => {
    const response = await fetch(folder + sheet, {signal});
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return createImageBitmap(await response.blob(), {colorSpaceConversion: "none"});
  };
}

/** Makes a function that fetches and decodes the packed sheets of a folder by their number. */
export function sheetLoader(folder: string): (sheet: number, signal?: AbortSignal) => Promise<ImageBitmap> {
  const load = pictureLoader(folder);
  return (sheet, signal) => load(sheetName(sheet), signal);
}

/** Where a cell's picture lies: the address of a sheet in its folder, and the left upper corner on it, in pixels. */
export interface PicturePlace {
  sheet: string;
  x: number;
  y: number;
}

/** Says for each cell of a screen on which sheet to look for it. */
export type Placing = (cells: ArrayLike<number>) => PicturePlace[];

/** Where the pictures of a gallery come from. */
export interface PictureSource {
  place: Placing;
  load: PictureLoader;
}

/**
 * The thumbnails of the set.
 *
 * @param folder address of the folder of thumbnail sheets, with a slash at its end
 */
export function thumbnailSource(folder: string, hard: HardCells): PictureSource {
  return {place: placeThumbnails(hard, shuffledCells().subarray(0, sampleCount)), load: pictureLoader(folder)};
}

function plainPlace(cell: number): PicturePlace {
  const {sheet, x, y} = placeOnSheet(cell);
  return {sheet: sheetName(sheet), x, y};
}

/**
 * Makes the placing for thumbnails. Hard cells, and those at the head of the shuffled order, have a second copy on sheets of
 * their own: each cell is taken from a sheet that is on the screen anyway, so that a screen of any kind takes few sheets.
 *
 * @param sample cells on the sheets of the sample, in the order of their slots
 */
export function placeThumbnails({version, cells: hard}: HardCells, sample: ArrayLike<number> = []): Placing {
  const slotsOf = (list: ArrayLike<number>) => new Map(Array.from(list, (cell, slot) => [cell, slot]));
  const kinds = [
    {slots: slotsOf(sample), address: (sheet: number) => `sample-${sheetName(sheet)}`},
    {slots: slotsOf(hard), address: (sheet: number) => `hard-${sheetName(sheet)}?v=${version}`}
  ];
  return (cells) => {
    const ways = Array.from(cells, (cell) => {
      const copies = kinds.flatMap(({slots, address}) => {
        const slot = slots.get(cell);
        if (slot === undefined) return [];
        const {sheet, x, y} = placeOnSheet(slot);
        return [{sheet: address(sheet), x, y}];
      });
      return [...copies, plainPlace(cell)];
    });
    const needed = new Set<string>();
    // First those that lie on one sheet only, then those with one copy.
    for (const count of [1, 2]) {
      for (const own of ways) {
        if (own.length === count && !own.some(({sheet}) => needed.has(sheet))) needed.add(own[0]!.sheet);
      }
    }
    return ways.map((own) => own.findLast(({sheet}) => needed.has(sheet)) ?? own[0]!);
  };
}

/** How a sheet stands: being fetched, at hand, or failed with a reason. */
export type SheetState<T> = {status: "loading"} | {status: "ready"; image: T} | {status: "failed"; reason: string};

/** Options of {@link sheetCache}; `K` is what names a sheet. */
export interface SheetCacheOptions<T, K> {
  /** Fetches and decodes one sheet; aborted when the sheet is no longer wanted. */
  load: (sheet: K, signal: AbortSignal) => Promise<T>;
  /** Frees what a dropped sheet holds. */
  close?: (image: T) => void;
  /** How many sheets are kept at most; those in view always are. */
  capacity?: number;
  /** Called when a sheet has come or failed. */
  changed: (sheet: K) => void;
}

/** Sheets of cells, fetched when first in view and dropped when long unseen. */
export interface SheetCache<T, K> {
  /** Says which sheets are in view: fetches the new ones, stops fetching those that went by. */
  want(sheets: Iterable<K>): void;
  /** How a sheet stands; undefined when it was never wanted or is dropped. */
  get(sheet: K): SheetState<T> | undefined;
  /** Fetches a failed sheet again. */
  retry(sheet: K): void;
  /** Frees everything. */
  clear(): void;
}

/** Makes a least-recently-wanted cache of sheets. */
export function sheetCache<T, K>({load, close, capacity = 24, changed}: SheetCacheOptions<T, K>): SheetCache<T, K> {
  // A Map keeps the order of insertion: re-inserting on use leaves the least recently wanted first.
  const entries = new Map<K, {state: SheetState<T>; controller: AbortController}>();

  const drop = (sheet: K) => {
    const entry = entries.get(sheet);
    entries.delete(sheet);
    entry?.controller.abort();
    if (entry?.state.status === "ready") close?.(entry.state.image);
  };
  const fetchSheet = (sheet: K) => {
    const entry = {state: {status: "loading"} as SheetState<T>, controller: new AbortController()};
    entries.set(sheet, entry);
    const settle = (state: SheetState<T>) => {
      if (entries.get(sheet) === entry) {
        entry.state = state;
        changed(sheet);
      } else if (state.status === "ready") close?.(state.image);
    };
    load(sheet, entry.controller.signal).then(
      (image) => settle({status: "ready", image}),
      (error: unknown) => settle({status: "failed", reason: messageOf(error)})
    );
  };

  return {
    want(sheets) {
      const wanted = new Set(sheets);
      for (const [sheet, {state}] of entries) if (state.status === "loading" && !wanted.has(sheet)) drop(sheet);
      for (const sheet of wanted) {
        const entry = entries.get(sheet);
        if (!entry) fetchSheet(sheet);
        else {
          entries.delete(sheet);
          entries.set(sheet, entry);
        }
      }
      for (const sheet of [...entries.keys()]) {
        if (entries.size <= Math.max(capacity, wanted.size)) break;
        drop(sheet);
      }
    },
    get: (sheet) => entries.get(sheet)?.state,
    retry(sheet) {
      if (entries.get(sheet)?.state.status === "failed") fetchSheet(sheet);
    },
    clear() {
      for (const sheet of [...entries.keys()]) drop(sheet);
    }
  };
}
