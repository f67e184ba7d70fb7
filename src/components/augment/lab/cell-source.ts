import * as d3 from "d3";
import {cellSide, placeOnSheet} from "../../../data/shapes/cells.js";
import {luma} from "../../../data/shapes/manifest.js";
import {readPixels} from "../../formats/browser-pixels.js";
import {compositeOnBlack} from "../../formats/channels.js";
import {decodePicture} from "../../formats/decode.js";
import {readFile} from "../../formats/read-file.js";
import type {Cells} from "../../gallery/cells.js";
import {fileName, labelName} from "../../gallery/cells.js";
import {sheetLoader} from "../../gallery/sheets.js";
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
  const open = async (file: Blob) => decodePicture((await readFile(file)).bytes);
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
      if (original) return open(await original.blob());
      const index = allNames().indexOf(name);
      if (index < 0) throw new RangeError(`There is no cell called ${name} in the data set.`);
      const {sheet, x, y} = placeOnSheet(index);
      const bitmap = await loadSheet(sheet).catch((error: Error) => {
        throw new Error(`The cell could not be fetched (${error.message}). Choose it once more, or another.`);
      });
      try {
        const data = await readPixels(bitmap, {x, y, width: cellSide, height: cellSide});
        return {data: compositeOnBlack(data), width: cellSide, height: cellSide};
      } finally {
        bitmap.close();
      }
    },
    open
  };
}

/** A cell that is the extreme of something, and of what. */
export interface NamedCell {
  name: string;
  title: string;
}

/** Twenty cells of the set that are worth a look: for each label the extremes of colour, light, size and shape. */
export function namedCells(cells: Cells): NamedCell[] {
  const light = (i: number) => luma(cells.red[i]!, cells.green[i]!, cells.blue[i]!);
  const area = (i: number) => cells.width[i]! * cells.height[i]!;
  const slim = (i: number) => Math.max(cells.width[i]! / cells.height[i]!, cells.height[i]! / cells.width[i]!) || 0;
  const kinds: [title: string, value: (i: number) => number][] = [
    ["darkest", (i) => -light(i)],
    ["palest", light],
    ["reddest", (i) => cells.red[i]! - cells.blue[i]!],
    ["bluest", (i) => cells.blue[i]! - cells.red[i]!],
    ["most mottled", (i) => cells.spread[i]!],
    ["smoothest", (i) => -cells.spread[i]!],
    ["largest", area],
    ["smallest", (i) => (area(i) ? -area(i) : -Infinity)],
    ["slimmest", slim],
    ["most framed in black", (i) => cells.frame[i]!]
  ];
  return [0, 1].flatMap((label) => {
    const indices = d3.range(cells.count).filter((i) => cells.label[i] === label && !cells.disputed[i]);
    return kinds.map(([title, value]) => {
      const index = indices[d3.maxIndex(indices, value)]!;
      return {name: fileName(cells, index), title: `${title} ${labelName(cells, index)}`};
    });
  });
}
