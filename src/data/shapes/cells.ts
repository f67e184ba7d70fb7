/** The two labels, the positive class first: the network's outputs have this order, and packed labels are places in it. */
export const labels = ["parasitized", "uninfected"] as const;
export type Label = (typeof labels)[number];

/** Number of cells in the NIH set. */
export const cellCount = 27_558;

/** Side of a packed cell, and of the pictures that the networks were trained on, in pixels. */
export const cellSide = 50;
/** Pixels of a packed cell. */
export const cellPixels = cellSide ** 2;
/** Values of a packed cell: red, green and blue of each pixel, row by row. */
export const cellValues = 3 * cellPixels;

/** Cells in a row of a sheet, and rows in a sheet. */
export const sheetColumns = 16;
/** Cells in a whole sheet. */
export const cellsPerSheet = sheetColumns ** 2;

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

/** How many thumbnail sheets hold second copies of the cells that are hard to judge. */
export const hardSheets = 10;

/** The cells on the sheets of hard cells, in the order of their slots; `version` changes with the list. */
export interface HardCells {
  version: string;
  cells: number[];
}

/** What the name of a cell's file says. */
export interface CellName {
  /** The C-number, e.g. `C47`: one person, even when photographed on two microscopes (`C47P8thinF`, `C47P8thinF_original`). */
  patient: string;
  /** The source photograph: the file name up to `_cell_`. */
  photograph: string;
  /** Number of the cell in its photograph. */
  number: number;
}

/** Takes a file name such as `C100P61ThinF_IMG_20150918_144104_cell_162.png` apart; null if it is not of that form. */
export function parseCellName(file: string): CellName | null {
  const match = /^((C\d+).*)_cell_(0|[1-9]\d*)\.png$/.exec(file);
  return match && {photograph: match[1]!, patient: match[2]!, number: Number(match[3])};
}

/** Orders patients by C-number: C2 before C10. */
export function comparePatients(a: string, b: string): number {
  return Number(a.slice(1)) - Number(b.slice(1));
}

/** How hard a held-out cell is: two readings name different classes; called wrong or too close to call; neither. */
export type SampleKind = "easy" | "hard" | "disputed";
