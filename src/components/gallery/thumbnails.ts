import {placeOnSheet, sheetName} from "../../data/shapes/cells.js";
import type {HardCells} from "../../data/shapes/cells.js";
import {pictureLoader} from "./load-sheet.js";
import type {PictureLoader} from "./load-sheet.js";

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
  return {place: placeThumbnails(hard), load: pictureLoader(folder)};
}

function plainPlace(cell: number): PicturePlace {
  const {sheet, x, y} = placeOnSheet(cell);
  return {sheet: sheetName(sheet), x, y};
}

/**
 * Makes the placing for thumbnails: a hard cell is taken from its neighbours' sheet where that is on the screen anyway,
 * else from the sheet of hard cells, so that a screen of either kind takes few sheets.
 */
export function placeThumbnails({version, cells: hard}: HardCells): Placing {
  const slots = new Map(hard.map((cell, slot) => [cell, slot]));
  return (cells) => {
    const plain = Array.from(cells, plainPlace);
    const needed = new Set(plain.filter((_, i) => !slots.has(cells[i]!)).map(({sheet}) => sheet));
    return plain.map((place, i) => {
      if (needed.has(place.sheet)) return place;
      const {sheet, x, y} = placeOnSheet(slots.get(cells[i]!)!);
      return {sheet: `hard-${sheetName(sheet)}?v=${version}`, x, y};
    });
  };
}
