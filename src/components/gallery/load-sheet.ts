import {sheetName} from "../../data/shapes/cells.js";

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
