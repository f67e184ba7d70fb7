import {fileName} from "../../gallery/cells.js";
import type {Cells} from "../../gallery/cells.js";
import {cellSide, placeOnSheet, sheetLoader} from "../../gallery/load-sheet.js";
import {compositeOnBlack} from "../../image/composite.js";
import {decodePicture} from "../../image/decode.js";
import type {BytePicture} from "../types.js";

/** An original of the data set at full size, by its file name. */
export interface Original {
  name: string;
  blob(): Promise<Blob>;
}

/** Where the cells of the page come from. */
export interface CellSource {
  originals: readonly Original[];
  /** Loads an original at full size where the page has it, else the packed cell of 50 × 50. @throws RangeError for a name that is not in the set */
  load(name: string): Promise<BytePicture>;
  /** Decodes a file of the reader's own. @throws Refusal with a sentence that says what to do */
  open(file: Blob): Promise<BytePicture>;
  /** The index of a cell in the set, or −1. */
  find(name: string): number;
  /** The first names that contain all words of the query, and how many there are in all. */
  search(query: string, limit?: number): {names: string[]; total: number};
}

/** Cells from the originals and the sheets in `folder` (with a slash at its end). */
export function cellSource(cells: Cells, originals: readonly Original[], folder: string): CellSource {
  const loadSheet = sheetLoader(folder);
  let names: string[] | undefined;
  const allNames = () => (names ??= Array.from({length: cells.count}, (_, index) => fileName(cells, index)));
  return {
    originals,
    find: (name) => allNames().indexOf(name),
    search(query, limit = 8) {
      const words = query.toLowerCase().split(/\s+/).filter(Boolean);
      const found = words.length
        ? allNames().filter((name) => words.every((word) => name.toLowerCase().includes(word)))
        : [];
      return {names: found.slice(0, limit), total: found.length};
    },
    async load(name) {
      const original = originals.find((each) => each.name === name);
      if (original) return decodePicture(await original.blob());
      const index = allNames().indexOf(name);
      if (index < 0) throw new RangeError(`There is no cell called ${name} in the data set.`);
      const {sheet, x, y} = placeOnSheet(index);
      const bitmap = await loadSheet(sheet).catch((error: Error) => {
        throw new Error(`The cell could not be fetched (${error.message}). Choose it once more, or another.`);
      });
      const context = new OffscreenCanvas(cellSide, cellSide).getContext("2d", {willReadFrequently: true})!;
      context.drawImage(bitmap, -x, -y);
      bitmap.close();
      const {data} = context.getImageData(0, 0, cellSide, cellSide);
      return {data: compositeOnBlack(data), width: cellSide, height: cellSide};
    },
    open: decodePicture
  };
}
