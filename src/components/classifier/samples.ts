import {cellSide, placeOnSheet} from "../../data/shapes/cells.js";
import {Refusal, messageOf} from "../image/refusal.js";
import type {Sample} from "./upload.js";

/** A sample cell as `samples.json` has it: what the data set says of it, and its picture as PNG in base64. */
export type StoredSample = Omit<Sample, "file"> & {file: string; png: string};

/** Makes files of the stored samples, as if each had been dropped: trying one makes no request. */
export function readSamples(stored: StoredSample[]): Sample[] {
  return stored.map(({file, png, ...facts}) => {
    const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
    return {file: new File([bytes], file, {type: "image/png"}), ...facts};
  });
}

/** A field that is offered for trying out. */
export interface SampleField {
  title: string;
  /** Its file, fetched when it is chosen. */
  load: () => Promise<File>;
}

/** Makes samples of pictures of fields that are fetched on demand. */
export function fieldSamples(
  pictures: readonly (readonly [title: string, picture: {name: string; blob: () => Promise<Blob>}])[]
): SampleField[] {
  return pictures.map(([title, picture]) => ({
    title,
    load: async () => new File([await picture.blob()], picture.name.split("/").at(-1)!, {type: "image/jpeg"})
  }));
}

/** Where {@link datasetCell} finds the data set. */
export interface DatasetParts {
  /** Fetches `cells.arrow`. */
  cells: () => Promise<ArrayBuffer>;
  loadSheet: (sheet: number) => Promise<ImageBitmap>;
  /** The fold that the network never saw; null without a network. */
  testFold: number | null;
  /** Makes a PNG of a picture's part. */
  cut?: (sheet: ImageBitmap, x: number, y: number) => Promise<Blob>;
}

/** Makes a function that loads a sheet of a folder by its number; what does is fetched with the first. */
export function sheetsFrom(folder: string): DatasetParts["loadSheet"] {
  return async (sheet) => (await import("../gallery/sheets.js")).sheetLoader(folder)(sheet);
}

/**
 * Finds a cell of the data set by its file name, as its packed 50×50 pixels.
 * @returns the cell, or a sentence that says why there is none
 */
export async function datasetCell(
  name: string,
  {cells: load, loadSheet, testFold, cut = cutCell}: DatasetParts
): Promise<Sample | string> {
  try {
    // What reads the data set is only fetched for an address that names a cell of it.
    const [{fileName, labelName, openCells}, content] = await Promise.all([import("../gallery/cells.js"), load()]);
    const cells = openCells(content);
    let index = 0;
    while (index < cells.count && fileName(cells, index) !== name) index++;
    if (index === cells.count) {
      return `The address asks for the cell “${name}”, which is not in the data set. Choose one on the Dataset page.`;
    }
    const {sheet, x, y} = placeOnSheet(index);
    const picture = await loadSheet(sheet);
    const file = new File([await cut(picture, x, y)], name, {type: "image/png"});
    picture.close();
    const disputed = cells.disputed[index] === 1;
    return {file, label: labelName(cells, index), disputed, learned: cells.fold[index] !== testFold};
  } catch (error) {
    if (error instanceof Refusal) return `The cell “${name}” cannot be read. ${error.message}`;
    return `The cell “${name}” did not load (${messageOf(error)}). Reload the page to try again.`;
  }
}

async function cutCell(sheet: ImageBitmap, x: number, y: number): Promise<Blob> {
  const [{readPixels}, {encode}] = await Promise.all([import("../formats/browser-pixels.js"), import("fast-png")]);
  const data = await readPixels(sheet, {x, y, width: cellSide, height: cellSide});
  return new Blob([new Uint8Array(encode({data, width: cellSide, height: cellSide, channels: 4}))]);
}
