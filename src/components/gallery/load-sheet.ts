/** Cells in a row of a sheet, and rows in a sheet. */
export const sheetColumns = 16;
/** Cells in a whole sheet. */
export const cellsPerSheet = sheetColumns ** 2;
/** Side of a packed cell in pixels. */
export const cellSide = 50;

/** The sheet of a cell and its left upper corner on it, in pixels. */
export function placeOnSheet(index: number): {sheet: number; x: number; y: number} {
  const slot = index % cellsPerSheet;
  return {
    sheet: Math.floor(index / cellsPerSheet),
    x: (slot % sheetColumns) * cellSide,
    y: Math.floor(slot / sheetColumns) * cellSide
  };
}

/** The file name of a sheet: 7 → "sheet-007.webp". */
export function sheetName(sheet: number): string {
  return `sheet-${String(sheet).padStart(3, "0")}.webp`;
}

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
